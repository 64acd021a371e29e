using System.Collections.Concurrent;
using System.Diagnostics;
using MusicRec.Audio.Decoding;
using MusicRec.Audio.Encoding;
using MusicRec.Audio.Features;
using MusicRec.Audio.Portraits;
using MusicRec.Audio.Spectra;

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
    public static SongAnalysis Analyze(Stream audio, CancellationToken cancellationToken = default) => Analyze(audio, null, cancellationToken);

    /// <summary>The same analysis, and with it what an embedding hears in the mel spectrogram.</summary>
    /// <param name="audio">The bytes of the file.</param>
    /// <param name="hear">From the mel spectrogram in dB, valid during the call, to the 64 numbers of <see cref="FeatureVector.Sound"/>; null for none.</param>
    /// <param name="cancellationToken">Checked between the stages.</param>
    /// <inheritdoc cref="Analyze(Stream, CancellationToken)"/>
    public static SongAnalysis Analyze(Stream audio, Func<MelSpectrogram, float[]>? hear, CancellationToken cancellationToken) =>
        Use((workspace, started) => workspace.Analyze(audio, hear, started, cancellationToken));

    /// <summary>The same analysis, and with it what can be shown of the song: about a millisecond more.</summary>
    /// <inheritdoc cref="Analyze(Stream, Func{MelSpectrogram, float[]}?, CancellationToken)"/>
    public static (SongAnalysis Analysis, SongPortrait Portrait) Portray(
        Stream audio, Func<MelSpectrogram, float[]>? hear = null, CancellationToken cancellationToken = default) =>
        Use((workspace, started) => AnalyzeAndPortray(workspace, audio, hear, started, cancellationToken));

    /// <summary>
    /// Analyses made-up songs until the kernels are compiled for speed, so that the first song takes no longer than the tenth. The
    /// work memory is given back: 14 MB that a quiet program does not need. Meant for the background of a program's start: about a
    /// second, half of it waiting.
    /// </summary>
    /// <param name="hear">As in <see cref="Portray"/>.</param>
    /// <param name="cancellationToken">Ends the warm-up early.</param>
    /// <returns>The analysis of a made-up song of 30 seconds, for those who warm up what they do with one; null if ended early.</returns>
    public static SongAnalysis? WarmUp(Func<MelSpectrogram, float[]>? hear = null, CancellationToken cancellationToken = default)
    {
        // The runtime compiles a method for speed after 30 calls and a tenth of a second of quiet, twice over.
        const int Rounds = 3;
        const int RunsPerRound = 35;
        var compilation = TimeSpan.FromMilliseconds(150);
        var workspace = new AnalysisWorkspace();
        var shortSong = MakeSong(seconds: 0.05);
        for (var round = 0; round < Rounds; round++)
        {
            for (var run = 0; run < RunsPerRound; run++)
            {
                AnalyzeAndPortray(workspace, shortSong, hear, Stopwatch.GetTimestamp(), cancellationToken);
                shortSong.Position = 0;
            }

            if (cancellationToken.WaitHandle.WaitOne(compilation))
            {
                return null;
            }
        }

        return AnalyzeAndPortray(workspace, MakeSong(FeatureVersion.MaxSeconds), hear, Stopwatch.GetTimestamp(), cancellationToken).Analysis;
    }

    private static (SongAnalysis Analysis, SongPortrait Portrait) AnalyzeAndPortray(
        AnalysisWorkspace workspace, Stream audio, Func<MelSpectrogram, float[]>? hear, long started, CancellationToken cancellationToken)
    {
        var analysis = workspace.Analyze(audio, hear, started, cancellationToken);
        return (analysis, workspace.Portray());
    }

    private static T Use<T>(Func<AnalysisWorkspace, long, T> work)
    {
        var started = Stopwatch.GetTimestamp();
        if (!Idle.TryTake(out var workspace))
        {
            workspace = new AnalysisWorkspace();
        }

        try
        {
            return work(workspace, started);
        }
        finally
        {
            Idle.Add(workspace);
        }
    }

    /// <summary>A stereo file of 44 100 Hz, which takes the way through all stages.</summary>
    private static MemoryStream MakeSong(double seconds)
    {
        const int Rate = 2 * FeatureVersion.SampleRate;
        const int Channels = 2;
        var samples = new float[(int)(seconds * Rate) * Channels];
        for (var n = 0; n < samples.Length; n++)
        {
            samples[n] = MathF.Sin(n * 0.03f) * 0.5f;
        }

        var song = new MemoryStream();
        WavWriter.Write(song, samples, Channels, Rate);
        song.Position = 0;
        return song;
    }
}
