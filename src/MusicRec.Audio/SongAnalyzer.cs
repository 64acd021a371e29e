using System.Collections.Concurrent;
using System.Diagnostics;
using MusicRec.Audio.Decoding;

namespace MusicRec.Audio;

/// <summary>The only place where audio becomes numbers: one decode and one short-time Fourier transform per song.</summary>
public static class SongAnalyzer
{
    private static readonly ConcurrentBag<AnalysisWorkspace> Idle = [];

    /// <summary>Analyses the first 30 seconds of an audio file. Safe to call from several threads at once.</summary>
    /// <param name="audio">The bytes of the file, read from the current position; seekable, so that sizes in the header can be checked against the bytes present; left open.</param>
    /// <param name="cancellationToken">Checked between the stages.</param>
    /// <exception cref="AudioFormatException">The file is damaged or of a kind that is not read.</exception>
    /// <exception cref="IOException">The stream could not be read.</exception>
    public static SongAnalysis Analyze(Stream audio, CancellationToken cancellationToken = default)
    {
        var started = Stopwatch.GetTimestamp();
        if (!Idle.TryTake(out var workspace))
        {
            workspace = new AnalysisWorkspace();
        }

        try
        {
            return workspace.Analyze(audio, started, cancellationToken);
        }
        finally
        {
            Idle.Add(workspace);
        }
    }
}
