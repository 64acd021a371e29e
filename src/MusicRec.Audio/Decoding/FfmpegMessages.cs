using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace MusicRec.Audio.Decoding;

/// <summary>What ffmpeg says about a file while it decodes: how long it is, or why it cannot be read.</summary>
internal sealed partial class FfmpegMessages
{
    private const int MostLines = 200;
    private const int MostReason = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly object _lock = new();
    private int _lines;
    private bool _ended;
    private string _reason = "";
    private double? _seconds;

    /// <summary>Listens to a process that has just been started.</summary>
    public FfmpegMessages(Process process)
    {
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.BeginErrorReadLine();
    }

    /// <summary>Length of the file in seconds; 0 if the file does not say. Said before the first sample.</summary>
    public double Seconds
    {
        get
        {
            lock (_lock)
            {
                while (_seconds is null && !_ended && Monitor.Wait(_lock, Patience))
                {
                }

                return _seconds ?? 0;
            }
        }
    }

    /// <summary>Why the file cannot be read, once the process has ended: its last word, without the program's own path.</summary>
    public string WaitForReason()
    {
        lock (_lock)
        {
            while (!_ended && Monitor.Wait(_lock, Patience))
            {
            }

            var words = _reason[(_reason.LastIndexOf(": ", StringComparison.Ordinal) is >= 0 and var colon ? colon + 2 : 0)..];
            return words.Length <= MostReason ? words : words[..MostReason];
        }
    }

    private void Take(string? line)
    {
        lock (_lock)
        {
            if (line is null)
            {
                _ended = true;
            }
            else if (_lines++ < MostLines)
            {
                Read(line);
            }

            Monitor.PulseAll(_lock);
        }
    }

    private void Read(string line)
    {
        if (!line.StartsWith(' '))
        {
            _reason = line;
        }
        else if (_seconds is null && DurationLine().Match(line) is { Success: true } found)
        {
            _seconds = found.Groups[1].Success ? Number(found, 1) * 3600 + Number(found, 2) * 60 + Number(found, 3) : 0;
        }
    }

    private static double Number(Match match, int group) => double.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    /// <summary>The container's line; lines of tags are indented further.</summary>
    [GeneratedRegex(@"^  Duration: (?:N/A|(\d{1,4}):(\d\d):(\d\d\.\d+)),", RegexOptions.CultureInvariant)]
    private static partial Regex DurationLine();
}
