using MusicRec.Catalog.Demo.Synthesis.Effects;
using MusicRec.Catalog.Demo.Synthesis.Music;

namespace MusicRec.Catalog.Demo.Synthesis.Instruments;

/// <summary>A drum or cymbal: one sound, made once, played at any loudness.</summary>
internal sealed class Drum : Instrument
{
    private readonly float[] _sound;

    private Drum(double seconds, Func<double, double> sample)
    {
        _sound = new float[(int)(seconds * Numeric.SampleRate)];
        for (var i = 0; i < _sound.Length; i++)
        {
            _sound[i] = (float)sample((double)i / Numeric.SampleRate);
        }

        Normalize();
    }

    /// <summary>A sine that falls to <paramref name="frequency"/>, with the beater's click.</summary>
    public static Drum Kick(RandomSource random, double frequency, double seconds, double click)
    {
        var turns = 0.0;
        return new Drum(seconds, time =>
        {
            turns += frequency * (1 + 3.5 * Numeric.Decay(time, 0.12)) / Numeric.SampleRate;
            var body = Numeric.Sine(turns) * Numeric.Decay(time, seconds) * Math.Min(1, time / 0.002);
            return body + click * random.Noise() * Numeric.Decay(time, 0.02);
        });
    }

    /// <summary>A skin with its snares: <paramref name="noise"/> is their share, <paramref name="color"/> their lowest frequency.</summary>
    public static Drum Snare(RandomSource random, double frequency, double seconds, double noise, double color)
    {
        var filter = new Filter(color);
        return new Drum(seconds, time =>
            (Numeric.Sine(frequency * time) + 0.6 * Numeric.Sine(1.6 * frequency * time)) * 0.5 * Numeric.Decay(time, seconds * 0.55)
            + noise * filter.High(random.Noise()) * Numeric.Decay(time, seconds));
    }

    /// <summary>A cymbal: high noise and metal; short for a closed hi-hat, long for a crash.</summary>
    public static Drum Cymbal(RandomSource random, double seconds, double color)
    {
        var filter = new Filter(color, 0.9);
        return new Drum(seconds, time =>
        {
            var metal = Math.Sign(Numeric.Sine(3170 * time)) + Math.Sign(Numeric.Sine(4453 * time)) + Math.Sign(Numeric.Sine(6211 * time));
            return filter.High(random.Noise() + 0.25f * metal) * Numeric.Decay(time, seconds);
        });
    }

    /// <summary>Several hands, not quite together.</summary>
    public static Drum Clap(RandomSource random, double color)
    {
        var filter = new Filter(color, 1.4);
        return new Drum(0.25, time =>
        {
            var since = time < 0.036 ? time % 0.012 : time - 0.036;
            return filter.Band(random.Noise()) * Numeric.Decay(since, time < 0.036 ? 0.03 : 0.2);
        });
    }

    /// <summary>Grains that swell and stop.</summary>
    public static Drum Shaker(RandomSource random, double color)
    {
        var filter = new Filter(color, 1.2);
        return new Drum(0.12, time => filter.Band(random.Noise()) * Math.Min(1, time / 0.025) * Numeric.Decay(time, 0.12));
    }

    /// <summary>A stick on wood or a rim.</summary>
    public static Drum Rim(double frequency) =>
        new(0.08, time => (Numeric.Sine(frequency * time) + 0.7 * Numeric.Sine(2.4 * frequency * time)) * Numeric.Decay(time, 0.06));

    public static Drum Tom(double frequency) =>
        new(0.4, time => Numeric.Sine(frequency * (time + 0.012 * (1 - Numeric.Decay(time, 0.15)))) * Numeric.Decay(time, 0.4));

    public override void Play(Span<float> track, Tone tone)
    {
        var output = Window(track, tone.Start, (double)_sound.Length / Numeric.SampleRate);
        var gain = (float)tone.Velocity;
        for (var i = 0; i < output.Length; i++)
        {
            output[i] += gain * _sound[i];
        }
    }

    private void Normalize()
    {
        var peak = _sound.Max(Math.Abs);
        for (var i = 0; i < _sound.Length; i++)
        {
            _sound[i] /= peak;
        }
    }
}
