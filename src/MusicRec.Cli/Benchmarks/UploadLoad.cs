using System.Collections.Concurrent;
using System.Net;

namespace MusicRec.Cli.Benchmarks;

/// <summary>Many visitors who send songs one after the other, and what became of them.</summary>
internal sealed class UploadLoad(WebProgram web, byte[] wav)
{
    private static readonly TimeSpan MemoryInterval = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentBag<double> _milliseconds = [];
    private readonly ConcurrentDictionary<HttpStatusCode, int> _answers = new();
    private readonly List<(double Hours, double Bytes)> _resident = [];
    private int _number = 1 << 20;

    /// <summary>The most resident memory that was seen, bytes.</summary>
    public double MostResidentBytes => _resident.Max(moment => moment.Bytes);

    /// <summary>By how many bytes an hour memory grew over the last three quarters of the time (least squares): what leaks never stops growing.</summary>
    public double ResidentBytesPerHour
    {
        get
        {
            var late = _resident[(_resident.Count / 4)..];
            var (hours, bytes) = (late.Average(moment => moment.Hours), late.Average(moment => moment.Bytes));
            var spread = late.Sum(moment => (moment.Hours - hours) * (moment.Hours - hours));
            return spread == 0 ? 0 : late.Sum(moment => (moment.Hours - hours) * (moment.Bytes - bytes)) / spread;
        }
    }

    /// <summary>How often each status came.</summary>
    public string Answers => string.Join(", ", _answers.OrderBy(answer => answer.Key).Select(answer => $"{answer.Value} times {(int)answer.Key}"));

    /// <summary>Time of an upload that was answered by a result page, below which this share of them lie.</summary>
    public double Percentile(double share)
    {
        double[] sorted = [.. _milliseconds.Order()];
        return sorted.Length == 0 ? double.NaN : sorted[(int)(share * (sorted.Length - 1))];
    }

    /// <summary>Lets the visitors come.</summary>
    public async Task RunAsync(int visitors, TimeSpan duration, CancellationToken cancellationToken)
    {
        using var end = new CancellationTokenSource();
        var watching = WatchMemoryAsync(end.Token);
        var until = TimeProvider.System.GetTimestamp() + (long)(duration.TotalSeconds * TimeProvider.System.TimestampFrequency);
        await Task.WhenAll(Enumerable.Range(0, visitors).Select(visitor => VisitAsync(visitor, visitors, until, cancellationToken)));
        await end.CancelAsync();
        await watching;
    }

    private async Task VisitAsync(int visitor, int visitors, long until, CancellationToken cancellationToken)
    {
        // The addresses of the network 127 are all this machine's, on Linux; 60 songs a minute are allowed to each.
        const int SongsPerAddress = 50;
        for (var address = visitor; TimeProvider.System.GetTimestamp() < until; address += visitors)
        {
            using var client = await UploadClient.OpenAsync(web.Address, new IPAddress([127, 1, (byte)(address >> 8), (byte)address]), cancellationToken);
            for (var song = 0; song < SongsPerAddress && TimeProvider.System.GetTimestamp() < until; song++)
            {
                var started = TimeProvider.System.GetTimestamp();
                var status = await client.SendAsync(wav, Interlocked.Increment(ref _number), cancellationToken);
                _answers.AddOrUpdate(status, 1, (_, count) => count + 1);
                if (status == HttpStatusCode.OK)
                {
                    _milliseconds.Add(TimeProvider.System.GetElapsedTime(started).TotalMilliseconds);
                }
            }
        }
    }

    private async Task WatchMemoryAsync(CancellationToken end)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!end.IsCancellationRequested)
        {
            _resident.Add((TimeProvider.System.GetElapsedTime(started).TotalHours, web.ResidentBytes));
            await Task.Delay(MemoryInterval, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
