using MusicRec.Catalog.Demo.Synthesis.Effects;
using MusicRec.Catalog.Demo.Synthesis.Music;

namespace MusicRec.Catalog.Demo.Synthesis.Instruments;

/// <summary>A drum or cymbal: one sound, made once, played at any loudness.</summary>
internal sealed class Drum : Instrument
{
    private readonly float[] _sound;

    private Drum(float[] sound)
    {
        var peak = sound.Max(Math.Abs);
        _sound = Array.ConvertAll(sound, sample => sample / peak);
    }

    /// <summary>A sine that falls to <paramref name="frequency"/>, with the beater's click.</summary>
    public static Drum Kick(RandomSource random, double frequency, double seconds, double click)
    {
        var turns = 0.0;
        return new Drum(Sound(seconds, time =>
        {
            turns += frequency * (1 + 3.5 * Numeric.Decay(time, 0.12)) / Numeric.SampleRate;
            var body = Numeric.Sine(turns) * Numeric.Decay(time, seconds) * Math.Min(1, time / 0.002);
            return body + click * random.Noise() * Numeric.Decay(time, 0.02);
        }));
    }

    /// <summary>A skin with its snares: <paramref name="noise"/> is their share, <paramref name="color"/> their lowest frequency.</summary>
    public static Drum Snare(RandomSource random, double frequency, double seconds, double noise, double color)
    {
        var sound = Sound(seconds, time => noise * random.Noise() * Numeric.Decay(time, seconds));
        Filter.HighPass(sound, color);
        var skin = Sound(seconds, time =>
            (0.5 * Numeric.Sine(frequency * time) + 0.3 * Numeric.Sine(1.6 * frequency * time)) * Numeric.Decay(time, seconds * 0.55));
        return new Drum([.. sound.Zip(skin, (left, right) => left + right)]);
    }

    /// <summary>A cymbal: high noise and metal; short for a closed hi-hat, long for a crash.</summary>
    public static Drum Cymbal(RandomSource random, double seconds, double color)
    {
        var sound = Sound(seconds, time =>
        {
            var metal = Square(3170 * time) + Square(4453 * time) + Square(6211 * time);
            return (random.Noise() + 0.25 * metal) * Numeric.Decay(time, seconds);
        });
        Filter.HighPass(sound, color);
        return new Drum(sound);
    }

    /// <summary>Several hands, not quite together.</summary>
    public static Drum Clap(RandomSource random, double color)
    {
        const double HandSeconds = 0.012;
        const double LastHand = 3 * HandSeconds;
        var sound = Sound(0.25, time => random.Noise()
            * (time < LastHand ? Numeric.Decay(time % HandSeconds, 0.03) : Numeric.Decay(time - LastHand, 0.2)));
        new Filter(color, 1.4).Band(sound);
        return new Drum(sound);
    }

    /// <summary>Grains that swell and stop.</summary>
    public static Drum Shaker(RandomSource random, double color)
    {
        var sound = Sound(0.12, time => random.Noise() * Math.Min(1, time / 0.025) * Numeric.Decay(time, 0.12));
        new Filter(color, 1.2).Band(sound);
        return new Drum(sound);
    }

    /// <summary>A stick on wood or a rim.</summary>
    public static Drum Rim(double frequency) => new(Sound(0.08, time =>
        (Numeric.Sine(frequency * time) + 0.7 * Numeric.Sine(2.4 * frequency * time)) * Numeric.Decay(time, 0.06)));

    public static Drum Tom(double frequency) => new(Sound(0.4, time =>
        Numeric.Sine(frequency * (time + 0.012 * (1 - Numeric.Decay(time, 0.15)))) * Numeric.Decay(time, 0.4)));

    public override void Play(Span<float> track, Tone tone)
    {
        var output = Window(track, tone.Start, (double)_sound.Length / Numeric.SampleRate);
        var gain = (float)tone.Velocity;
        for (var i = 0; i < output.Length; i++)
        {
            output[i] += gain * _sound[i];
        }
    }

    private static float[] Sound(double seconds, Func<double, double> sample)
    {
        var sound = new float[(int)(seconds * Numeric.SampleRate)];
        for (var i = 0; i < sound.Length; i++)
        {
            sound[i] = (float)sample((double)i / Numeric.SampleRate);
        }

        return sound;
    }

    private static double Square(double turns) => turns - Math.Floor(turns) < 0.5 ? 1 : -1;
}
