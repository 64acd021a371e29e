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
        var frequency = Numeric.Frequency(tone.Pitch);
        var period = patch.Wave.Period(Numeric.Frequency(tone.Pitch + Math.Max(0, patch.Slide)));
        var filter = new Filter(patch.Cutoff, patch.Resonance);
        Span<uint> phases = stackalloc uint[patch.Voices];
        Span<double> frequencies = stackalloc double[patch.Voices];
        Span<float> block = stackalloc float[Block];
        for (var voice = 0; voice < patch.Voices; voice++)
        {
            phases[voice] = random.Phase();
            frequencies[voice] = frequency * Numeric.PowerOfTwo(patch.Detune * Place(voice) / 12);
        }

        var scale = (float)(tone.Velocity / Math.Sqrt(patch.Voices));
        var level = 0f;
        for (var first = 0; first < output.Length; first += Block)
        {
            var seconds = (double)first / Numeric.SampleRate;
            Oscillate(block, period, phases, frequencies, Bend(seconds));
            if (patch.Sweep > 0)
            {
                filter.Tune(patch.Cutoff + patch.Sweep * Numeric.Decay(seconds, patch.SweepSeconds), patch.Resonance);
            }

            filter.Low(block);
            var next = scale * (float)patch.Envelope.At(seconds + (double)Block / Numeric.SampleRate, tone.Seconds);
            var slope = (next - level) / Block;
            var part = output[first..Math.Min(first + Block, output.Length)];
            for (var i = 0; i < part.Length; i++)
            {
                level += slope;
                part[i] += level * block[i];
            }

            level = next;
        }
    }

    private static void Oscillate(
        Span<float> block, float[] period, Span<uint> phases, ReadOnlySpan<double> frequencies, double bend)
    {
        block.Clear();
        for (var voice = 0; voice < phases.Length; voice++)
        {
            var increment = Increment(frequencies[voice] * bend);
            var phase = phases[voice];
            for (var i = 0; i < block.Length; i++)
            {
                block[i] += Wavetable.Read(period, phase);
                phase += increment;
            }

            phases[voice] = phase;
        }
    }

    /// <summary>Where an oscillator stands among the others: -1 lowest, 0 middle, 1 highest.</summary>
    private double Place(int voice) => patch.Voices == 1 ? 0 : 2.0 * voice / (patch.Voices - 1) - 1;

    /// <summary>Factor of the frequency: slide and vibrato.</summary>
    private double Bend(double seconds)
    {
        if (patch.Slide == 0 && patch.Vibrato == 0)
        {
            return 1;
        }

        var slide = patch.Slide == 0 ? 0 : patch.Slide * Numeric.Decay(seconds, patch.SlideSeconds);
        var vibrato = patch.Vibrato == 0
            ? 0
            : patch.Vibrato * Math.Min(1, seconds / VibratoDelay) * Numeric.Sine(patch.VibratoRate * seconds);
        return Numeric.PowerOfTwo((slide + vibrato) / 12);
    }
}
