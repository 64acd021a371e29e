using MusicRec.Audio;
using MusicRec.Audio.Features;
using MusicRec.Genres.Embedding;

namespace MusicRec.Training.Network;

/// <summary>How long the finished file takes.</summary>
internal static class Speed
{
    private const int Runs = 30;

    /// <summary>The median and the least time in milliseconds for 30 seconds of sound on one thread, its mel spectrogram being there.</summary>
    public static (double Median, double Least) Measure(SoundEmbedding embedding)
    {
        var random = new Random(1);
        var samples = new float[FeatureVersion.MaxSeconds * FeatureVersion.SampleRate];
        for (var n = 0; n < samples.Length; n++)
        {
            samples[n] = (float)(random.NextDouble() - 0.5);
        }

        var mel = new SampleAnalyzer().Mel(samples);
        var times = new double[Runs];
        for (var run = 0; run < Runs; run++)
        {
            var started = TimeProvider.System.GetTimestamp();
            embedding.Hear(mel);
            times[run] = TimeProvider.System.GetElapsedTime(started).TotalMilliseconds;
        }

        Array.Sort(times);
        return (times[Runs / 2], times[0]);
    }
}
