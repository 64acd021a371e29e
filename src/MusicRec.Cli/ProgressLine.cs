using System.Globalization;

namespace MusicRec.Cli;

/// <summary>
/// How far a command is, on stderr: one line that renews itself on a terminal, a line now and then in a log file.
/// Safe to call from several threads.
/// </summary>
internal sealed class ProgressLine(TextWriter error) : IDisposable
{
    private static readonly TimeSpan TerminalInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LogInterval = TimeSpan.FromSeconds(10);

    private readonly bool _isTerminal = ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected;
    private readonly long _started = TimeProvider.System.GetTimestamp();
    private readonly Lock _lock = new();
    private TimeSpan? _lastShown;
    private string _shown = "";

    /// <summary>Files done since the start and the time left at that speed.</summary>
    public void Report(string verb, int done, int total)
    {
        var perMinute = done / TimeProvider.System.GetElapsedTime(_started).TotalMinutes;
        Report(done == total, $"{verb} {done}/{total}{Speed(perMinute, Left(done, total))}");
    }

    /// <summary>Learners fitted since the start and the time left at that speed.</summary>
    public void ReportFits(int done, int total) => Report(done == total, $"fitted {done}/{total}{Speed(null, Left(done, total))}");

    /// <summary>Shows a text, unless another was shown just before; the last one is always shown.</summary>
    public void Report(bool isLast, FormattableString text)
    {
        lock (_lock)
        {
            var now = TimeProvider.System.GetElapsedTime(_started);
            if (!isLast && now - _lastShown < (_isTerminal ? TerminalInterval : LogInterval))
            {
                return;
            }

            _lastShown = now;
            Show(text.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Wipes the line on a terminal, so that another can be written there.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            if (_isTerminal && _shown.Length > 0)
            {
                error.Write($"\r{new string(' ', _shown.Length)}\r");
                _shown = "";
                _lastShown = null;
            }
        }
    }

    /// <summary>Speed and time left as they are written in every progress line.</summary>
    public static string Speed(double? perMinute, TimeSpan? left) =>
        (perMinute is { } speed ? string.Create(CultureInfo.InvariantCulture, $", {speed:F0} songs/min") : "")
        + (left is { } time ? string.Create(CultureInfo.InvariantCulture, $", {(int)time.TotalHours}:{time:mm\\:ss} left") : "");

    /// <summary>Ends the line on a terminal.</summary>
    public void Dispose()
    {
        if (_isTerminal && _shown.Length > 0)
        {
            error.WriteLine();
        }
    }

    private TimeSpan? Left(int done, int total) =>
        done == 0 ? null : (total - done) * TimeProvider.System.GetElapsedTime(_started) / done;

    private void Show(string text)
    {
        if (_isTerminal)
        {
            error.Write($"\r{text.PadRight(_shown.Length)}");
            _shown = text;
        }
        else
        {
            error.WriteLine(text);
        }
    }
}

/// <summary>Tells at once and in order, on the thread that reports (<see cref="Progress{T}"/> does neither).</summary>
internal sealed class DirectProgress<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);
}
