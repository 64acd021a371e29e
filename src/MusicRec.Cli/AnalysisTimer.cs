using System.Diagnostics;
using MusicRec.Audio;

namespace MusicRec.Cli;

/// <summary>Measures the analysis of one file on the calling thread.</summary>
internal static class AnalysisTimer
{
    /// <summary>Untimed analyses before the timed ones: they fill the file cache.</summary>
    private const int WarmUps = 3;

    /// <summary>The median of each stage in milliseconds; the total runs from opening the file to the features in hand.</summary>
    public static StageTimes Measure(string file, int repeats, CancellationToken cancellationToken)
    {
        Run(file, WarmUps, cancellationToken);
        var times = Run(file, repeats, cancellationToken);
        return new StageTimes(
            Median(times, time => time.Decode), Median(times, time => time.Resample), Median(times, time => time.Stft),
            Median(times, time => time.Mel), Median(times, time => time.Features), Median(times, time => time.Tempo),
            Median(times, time => time.Total));
    }

    /// <summary>Analyses the file so many times; the embedding, if it is wanted, is part of the total alone.</summary>
    public static StageTimes[] Run(string file, int repeats, CancellationToken cancellationToken, bool withSound = false)
    {
        var times = new StageTimes[repeats];
        for (var i = 0; i < repeats; i++)
        {
            times[i] = MeasureOnce(file, withSound, cancellationToken);
        }

        return times;
    }

    private static StageTimes MeasureOnce(string file, bool withSound, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var times = SongFiles.Analyze(file, withSound, cancellationToken).Times;
        return times with { Total = Stopwatch.GetElapsedTime(started).TotalMilliseconds };
    }

    private static double Median(StageTimes[] times, Func<StageTimes, double> stage)
    {
        var sorted = times.Select(stage).Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
