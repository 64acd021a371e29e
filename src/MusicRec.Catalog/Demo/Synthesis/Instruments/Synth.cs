using MusicRec.Catalog.Demo.Synthesis.Effects;
using MusicRec.Catalog.Demo.Synthesis.Music;

namespace MusicRec.Catalog.Demo.Synthesis.Instruments;

/// <summary>The setting of a <see cref="Synth"/>.</summary>
/// <param name="Wave">Its oscillators' wave.</param>
/// <param name="Envelope">Loudness over time.</param>
/// <param name="Cutoff">Low-pass filter in Hz.</param>
internal sealed record Patch(Wavetable Wave, Envelope Envelope, double Cutoff)
{
    /// <summary>Oscillators that sound together.</summary>
    public int Voices { get; init; } = 1;

    /// <summary>Distance of the outermost oscillators in semitones.</summary>
    public double Detune { get; init; }

    /// <summary>Hz by which the filter is further open at the start.</summary>
    public double Sweep { get; init; }

    /// <summary>Seconds in which the filter closes by 60 dB.</summary>
    public double SweepSeconds { get; init; } = 1;

    /// <summary>Quality of the filter; above 0.707 it resonates.</summary>
    public double Resonance { get; init; } = 0.707;

    /// <summary>Depth of the vibrato in semitones; it sets in gently.</summary>
    public double Vibrato { get; init; }

    /// <summary>Vibrato periods per second.</summary>
    public double VibratoRate { get; init; } = 5.5;

    /// <summary>Semitones from which the tone slides to its pitch: negative from below, positive from above.</summary>
    public double Slide { get; init; }

    /// <summary>Seconds the slide takes (60 dB).</summary>
    public double SlideSeconds { get; init; } = 0.15;
}

/// <summary>Detuned oscillators through a low-pass filter.</summary>
internal sealed class Synth(Patch patch, RandomSource random) : Instrument
{
    private const double VibratoDelay = 0.35;

    public override void Play(Span<float> track, Tone tone)
    {
        var output = Window(track, tone.Start, patch.Envelope.Length(tone.Seconds));
        var period = patch.Wave.Period(Numeric.Frequency(tone.Pitch + Math.Max(0, patch.Slide)));
        var filter = new Filter(patch.Cutoff, patch.Resonance);
        Span<uint> phases = stackalloc uint[patch.Voices];
        Span<float> block = stackalloc float[Block];
        foreach (ref var phase in phases)
        {
            phase = random.Phase();
        }

        var scale = (float)(tone.Velocity / Math.Sqrt(patch.Voices));
        var level = 0f;
        for (var first = 0; first < output.Length; first += Block)
        {
            var seconds = (double)first / Numeric.SampleRate;
            Oscillate(block, period, phases, tone.Pitch + Bend(seconds));
            filter.Tune(patch.Cutoff + patch.Sweep * Numeric.Decay(seconds, patch.SweepSeconds), patch.Resonance);

            var next = scale * (float)patch.Envelope.At(seconds + (double)Block / Numeric.SampleRate, tone.Seconds);
            var slope = (next - level) / Block;
            var part = output[first..Math.Min(first + Block, output.Length)];
            for (var i = 0; i < part.Length; i++)
            {
                level += slope;
                part[i] += level * filter.Low(block[i]);
            }

            level = next;
        }
    }

    private void Oscillate(Span<float> block, float[] period, Span<uint> phases, double pitch)
    {
        block.Clear();
        for (var voice = 0; voice < phases.Length; voice++)
        {
            var place = phases.Length == 1 ? 0 : 2.0 * voice / (phases.Length - 1) - 1;
            var increment = Increment(Numeric.Frequency(pitch + place * patch.Detune));
            var phase = phases[voice];
            for (var i = 0; i < block.Length; i++)
            {
                block[i] += Wavetable.Read(period, phase);
                phase += increment;
            }

            phases[voice] = phase;
        }
    }

    /// <summary>Semitones off the pitch: slide and vibrato.</summary>
    private double Bend(double seconds)
    {
        var slide = patch.Slide == 0 ? 0 : patch.Slide * Numeric.Decay(seconds, patch.SlideSeconds);
        var vibrato = patch.Vibrato == 0
            ? 0
            : patch.Vibrato * Math.Min(1, seconds / VibratoDelay) * Numeric.Sine(patch.VibratoRate * seconds);
        return slide + vibrato;
    }
}
