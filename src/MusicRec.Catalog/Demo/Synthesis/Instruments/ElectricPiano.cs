using MusicRec.Catalog.Demo.Synthesis.Music;

namespace MusicRec.Catalog.Demo.Synthesis.Instruments;

/// <summary>An electric piano by frequency modulation: a mellow body and the short ring of the tine.</summary>
/// <param name="hardness">How strongly the body is modulated: 0.5 mellow, 2 barking.</param>
/// <param name="tremolo">Depth of the tremolo, 0 to 0.5.</param>
internal sealed class ElectricPiano(double hardness, double tremolo) : Instrument
{
    private const double TineRatio = 14;
    private const double TremoloRate = 4.2;

    /// <summary>A 32-bit phase per radian.</summary>
    private const float PhasePerRadian = 4294967296f / (2 * MathF.PI);

    private static readonly Envelope Body = new(0.002, 5, 0, 0.25);
    private static readonly Envelope Modulation = new(0.001, 1.6, 0.15, 0.25);
    private static readonly Envelope Tine = new(0.001, 0.35, 0, 0.1);

    public override void Play(Span<float> track, Tone tone)
    {
        var frequency = Numeric.Frequency(tone.Pitch);
        var sine = Wavetable.Sine.Period(frequency);
        var (increment, tineIncrement) = (Increment(frequency), Increment(Math.Min(TineRatio * frequency, 15_000)));
        var (phase, tinePhase) = (0u, 0u);
        var (level, depth, ring) = (0f, 0f, 0f);
        var output = Window(track, tone.Start, Body.Length(tone.Seconds));
        for (var first = 0; first < output.Length; first += Block)
        {
            var seconds = (double)(first + Block) / Numeric.SampleRate;
            var shake = 1 - tremolo * (0.5 + 0.5 * Numeric.Sine(TremoloRate * (seconds + (double)tone.Start / Numeric.SampleRate)));
            var levelSlope = ((float)(tone.Velocity * shake * Body.At(seconds, tone.Seconds)) - level) / Block;
            var depthSlope = ((float)(hardness * tone.Velocity * Modulation.At(seconds, tone.Seconds)) * PhasePerRadian - depth) / Block;
            var ringSlope = ((float)(0.12 * hardness * tone.Velocity * Tine.At(seconds, tone.Seconds)) - ring) / Block;
            var part = output[first..Math.Min(first + Block, output.Length)];
            for (var i = 0; i < part.Length; i++)
            {
                level += levelSlope;
                depth += depthSlope;
                ring += ringSlope;
                var modulation = (uint)(long)(depth * Wavetable.Read(sine, phase));
                part[i] += level * Wavetable.Read(sine, phase + modulation) + ring * Wavetable.Read(sine, tinePhase);
                phase += increment;
                tinePhase += tineIncrement;
            }
        }
    }
}
