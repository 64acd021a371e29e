using MusicRec.Catalog.Demo.Synthesis.Effects;
using MusicRec.Catalog.Demo.Synthesis.Music;

namespace MusicRec.Catalog.Demo.Synthesis.Instruments;

/// <summary>How a <see cref="PluckedString"/> is made and struck.</summary>
/// <param name="Brightness">Cutoff of the pluck in Hz: 2000 a thumb on nylon, 10 000 a plectrum on steel.</param>
/// <param name="Sustain">Seconds in which an open string loses 60 dB.</param>
/// <param name="Damping">Loss of the high partials, 0.05 (steel) to 0.5 (nylon, muted).</param>
internal sealed record StringSetting(double Brightness, double Sustain, double Damping)
{
    /// <summary>Where the string is plucked, as a share of its length.</summary>
    public double PickPosition { get; init; } = 0.18;

    /// <summary>Seconds in which it loses 60 dB after the finger has left.</summary>
    public double Release { get; init; } = 0.2;
}

/// <summary>A plucked string after Karplus and Strong: noise that runs round a delay line and loses its highs.</summary>
internal sealed class PluckedString(StringSetting setting, RandomSource random) : Instrument
{
    public override void Play(Span<float> track, Tone tone)
    {
        var period = Numeric.SampleRate / Numeric.Frequency(tone.Pitch);
        var line = Pluck((int)(period - setting.Damping - 0.3), tone.Velocity);
        var (allPass, fraction) = (0f, period - setting.Damping - line.Length);
        var tuning = (float)((1 - fraction) / (1 + fraction));
        var loss = (float)Numeric.Decay(period / Numeric.SampleRate, setting.Sustain);
        var (keep, blend) = ((float)(1 - setting.Damping) * loss, (float)setting.Damping * loss);
        var (at, last, damped) = (0, 0f, 0f);

        var held = (int)(tone.Seconds * Numeric.SampleRate);
        var fade = (float)Numeric.Decay(1.0 / Numeric.SampleRate, setting.Release);
        var level = 1f;
        var output = Window(track, tone.Start, tone.Seconds + setting.Release);
        for (var i = 0; i < output.Length; i++)
        {
            var sample = line[at];
            var filtered = keep * sample + blend * last;
            last = sample;
            allPass = tuning * filtered + damped - tuning * allPass;
            damped = filtered;
            line[at] = allPass;
            at = at + 1 == line.Length ? 0 : at + 1;

            level = i < held ? level : level * fade;
            output[i] += level * sample;
        }
    }

    /// <summary>The string at the moment it is let go: filtered noise without mean, hollowed out by the place of the pick.</summary>
    private float[] Pluck(int length, double velocity)
    {
        var filter = new Filter(setting.Brightness * (0.5 + 0.5 * velocity));
        var noise = new float[length];
        for (var i = 0; i < length; i++)
        {
            noise[i] = random.Noise();
        }

        filter.Low(noise);

        var shift = Math.Max(1, (int)(setting.PickPosition * length));
        var line = new float[length];
        for (var i = 0; i < length; i++)
        {
            line[i] = noise[i] - noise[(i + length - shift) % length];
        }

        var power = 0.0;
        foreach (var sample in line)
        {
            power += sample * sample;
        }

        var scale = (float)(0.5 * velocity / Math.Sqrt(power / length + 1e-9));
        for (var i = 0; i < length; i++)
        {
            line[i] *= scale;
        }

        return line;
    }
}
