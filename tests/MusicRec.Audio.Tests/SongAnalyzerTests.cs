using MusicRec.Audio.Decoding;
using MusicRec.Audio.Encoding;
using MusicRec.Audio.Tests.Decoding;

namespace MusicRec.Audio.Tests;

public sealed class SongAnalyzerTests
{
    private static readonly (int Rate, double Seconds)[] Songs =
        [(22050, 2), (44100, 3), (48000, 1), (8000, 4), (96000, 1.5), (22050, 0.01), (44100, 0.5), (37800, 2)];

    /// <summary>Every thread takes the songs in another order, so that work memory passes between songs of all lengths and rates.</summary>
    [Fact]
    public async Task Analyze_OnEightThreads_EqualsOneThread()
    {
        const int Threads = 8;
        var songs = Songs.Select((song, i) => Wav(song.Rate, song.Seconds, seed: i)).ToArray();
        var alone = songs.Select(Analyze).ToArray();
        var together = new SongAnalysis[Threads, songs.Length];
        using var start = new Barrier(Threads);

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                for (var i = 0; i < songs.Length; i++)
                {
                    var song = (i * 3 + thread) % songs.Length;
                    together[thread, song] = Analyze(songs[song]);
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        for (var thread = 0; thread < Threads; thread++)
        {
            for (var song = 0; song < songs.Length; song++)
            {
                Assert.Equal(alone[song], together[thread, song]);
            }
        }
    }

    [Fact]
    public void Analyze_CancelledToken_Throws()
    {
        using var stream = new MemoryStream(Wav(44100, 1, seed: 1));
        Assert.Throws<OperationCanceledException>(() => SongAnalyzer.Analyze(stream, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Analyze_CancelledWhileReading_ThrowsAndTheNextAnalysisIsRight()
    {
        var song = Wav(44100, 1, seed: 2);
        var expected = Analyze(song);
        using var cancellation = new CancellationTokenSource();
        using var stream = new CallbackStream(song, cancellation.Cancel);

        Assert.Throws<OperationCanceledException>(() => SongAnalyzer.Analyze(stream, cancellation.Token));

        Assert.Equal(expected, Analyze(song));
    }

    [Fact]
    public void Analyze_StreamThatFails_PassesTheErrorOnAndTheNextAnalysisIsRight()
    {
        var song = Wav(48000, 1, seed: 3);
        var expected = Analyze(song);
        using var stream = new CallbackStream(song, () => throw new IOException("The disk is gone."));

        Assert.Throws<IOException>(() => SongAnalyzer.Analyze(stream));

        Assert.Equal(expected, Analyze(song));
    }

    [Fact]
    public void Analyze_DamagedFile_IsRefusedAndTheNextAnalysisIsRight()
    {
        var song = Wav(22050, 1, seed: 4);
        var expected = Analyze(song);
        Assert.Throws<InvalidAudioException>(() => Analyze(WavBuilder.Float32(1, 22050, 0.5f, float.NaN)));
        Assert.Equal(expected, Analyze(song));
    }

    [Fact]
    public void Analyze_AfterIt_StreamIsStillOpen()
    {
        using var stream = new MemoryStream(Wav(22050, 0.1, seed: 5));
        SongAnalyzer.Analyze(stream);
        Assert.True(stream.CanRead);
    }

    [Fact]
    public void Analyze_Song_TimesOfTheStagesAddUp()
    {
        using var stream = new MemoryStream(Wav(44100, 2, seed: 6));
        var times = SongAnalyzer.Analyze(stream).Times;
        double[] stages = [times.Decode, times.Resample, times.Stft, times.Mel, times.Features, times.Tempo];
        Assert.All(stages, stage => Assert.True(stage > 0));
        // Each is cut to a tenth of a microsecond.
        Assert.Equal(times.Total, stages.Sum(), 1e-3);
    }

    [Fact]
    public void WarmUp_AnalysisAfterIt_IsUnchanged()
    {
        var song = Wav(44100, 1, seed: 7);
        var expected = Analyze(song);
        SongAnalyzer.WarmUp();
        Assert.Equal(expected, Analyze(song));
        Assert.Throws<OperationCanceledException>(() => SongAnalyzer.WarmUp(cancellationToken: new CancellationToken(canceled: true)));
    }

    /// <summary>Work memory is reused: what is left are the result and what opening the stream costs.</summary>
    [Fact]
    public void Analyze_LikeTheSongBefore_AllocatesLittle()
    {
        const int Runs = 20;
        var song = Wav(44100, 5, seed: 8);
        using var stream = new MemoryStream(song);
        var before = 0L;
        for (var run = -5; run < Runs; run++)
        {
            before = run == 0 ? GC.GetAllocatedBytesForCurrentThread() : before;
            stream.Position = 0;
            SongAnalyzer.Analyze(stream);
        }

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / Runs, 0, 64 * 1024);
    }

    /// <summary>The analysis without its times, which are never the same twice.</summary>
    private static SongAnalysis Analyze(byte[] wav)
    {
        using var stream = new MemoryStream(wav);
        return SongAnalyzer.Analyze(stream) with { Times = default };
    }

    private static byte[] Wav(int rate, double seconds, int seed)
    {
        using var stream = new MemoryStream();
        WavWriter.Write(stream, Signals.Mixed((int)(seconds * rate), seed), 1, rate);
        return stream.ToArray();
    }

    /// <summary>Calls back when the samples behind the header are read.</summary>
    private sealed class CallbackStream(byte[] content, Action onSamples) : MemoryStream(content)
    {
        public override int Read(Span<byte> buffer)
        {
            if (Position >= WavBuilder.PlainHeaderLength)
            {
                onSamples();
            }

            return base.Read(buffer);
        }
    }
}
