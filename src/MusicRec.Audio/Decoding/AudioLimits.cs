using System.Globalization;
using System.Numerics;

namespace MusicRec.Audio.Decoding;

/// <summary>What a file may claim and hold, whatever its format.</summary>
internal static class AudioLimits
{
    public const int MaxChannels = 32;
    public const int MinSampleRate = 1000;
    public const int MaxSampleRate = 384000;

    /// <summary>The power of a frame of samples up to here is far from the largest single-precision number.</summary>
    private const float LargestSample = 1e10f;

    /// <summary>Refuses what no song has.</summary>
    /// <exception cref="UnsupportedAudioException">Channels or rate are out of range.</exception>
    public static void Require(int channels, long sampleRate)
    {
        if (channels is < 1 or > MaxChannels)
        {
            throw new UnsupportedAudioException(
                AudioProblem.ChannelCount, $"The file has {channels} channels; 1 to {MaxChannels} are accepted.",
                Text(channels), Text(MaxChannels));
        }

        if (sampleRate is < MinSampleRate or > MaxSampleRate)
        {
            throw new UnsupportedAudioException(
                AudioProblem.SampleRate, $"The file has a sample rate of {sampleRate} Hz; {MinSampleRate} to {MaxSampleRate} are accepted.",
                Text(sampleRate), Text(MinSampleRate), Text(MaxSampleRate));
        }
    }

    /// <summary>Refuses samples that cannot be computed with. Comparisons with NaN are false: one test finds them all.</summary>
    /// <exception cref="InvalidAudioException">A sample is NaN, infinite or far beyond full scale.</exception>
    public static void RequireFinite(ReadOnlySpan<float> samples, int sampleRate)
    {
        var largest = new Vector<float>(LargestSample);
        var i = 0;
        while (i <= samples.Length - Vector<float>.Count
            && Vector.LessThanOrEqualAll(Vector.Abs(new Vector<float>(samples[i..])), largest))
        {
            i += Vector<float>.Count;
        }

        while (i < samples.Length && Math.Abs(samples[i]) <= LargestSample)
        {
            i++;
        }

        if (i < samples.Length)
        {
            var seconds = ((double)i / sampleRate).ToString("0.###", CultureInfo.InvariantCulture);
            throw new InvalidAudioException(
                AudioProblem.NonFiniteSamples, string.Create(CultureInfo.InvariantCulture, $"The sample at {seconds} s is not a number, infinite or beyond all measure."), seconds);
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
