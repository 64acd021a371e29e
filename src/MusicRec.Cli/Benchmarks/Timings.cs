using System.Globalization;

namespace MusicRec.Cli.Benchmarks;

/// <summary>A table of measured times: what was done, median and best in milliseconds.</summary>
internal sealed class Timings(TextWriter output)
{
    private const int NameWidth = 52;

    public void WriteHead(string title)
    {
        output.WriteLine();
        output.WriteLine($"{title.PadRight(NameWidth)}{"median ms",12}{"best ms",12}");
    }

    /// <summary>Repeats a piece of work, after one that is not timed, and writes a line.</summary>
    /// <param name="name">What is done.</param>
    /// <param name="repeats">Times of the work.</param>
    /// <param name="parts">Parts of equal work in it; times are of one part.</param>
    /// <param name="work">The work; gets the number of the repeat.</param>
    /// <param name="cancellationToken">Stops between two repeats.</param>
    /// <returns>The median in milliseconds.</returns>
    public double Measure(string name, int repeats, int parts, Action<int> work, CancellationToken cancellationToken)
    {
        work(0);
        var times = new double[repeats];
        for (var i = 0; i < repeats; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var started = TimeProvider.System.GetTimestamp();
            work(i);
            times[i] = TimeProvider.System.GetElapsedTime(started).TotalMilliseconds / parts;
        }

        return Write(name, times);
    }

    /// <summary>Writes a line of times measured elsewhere. Returns their median.</summary>
    public double Write(string name, params double[] times)
    {
        Array.Sort(times);
        var median = (times[(times.Length - 1) / 2] + times[times.Length / 2]) / 2;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name.PadRight(NameWidth)}{median,12:F4}{times[0],12:F4}"));
        return median;
    }
}
