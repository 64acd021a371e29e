using System.Text;
using MusicRec.Audio;
using MusicRec.Genres.Training;

namespace MusicRec.Genres.Tests.Training;

public sealed class DatasetBuilderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void FromFolder_KoreanAndEnglishFolders_HasARowPerSongInOrderOfThePaths()
    {
        _folder.Write("Rap/c.wav", WavFile.Tone(300));
        _folder.Write("jazz/b.WAV", WavFile.Tone(400));
        _folder.Write("jazz/album/a.wav", WavFile.Tone(500));
        _folder.Write(Decomposed("트로트/가수_노래.wav"), WavFile.Tone(600));
        _folder.Write("jazz/cover.jpg", [1, 2, 3]);
        _folder.Write("no genre.wav", WavFile.Tone(700));

        var (dataset, refused) = DatasetBuilder.FromFolder(_folder.Path);

        Assert.Empty(refused);
        Assert.Equal(["c.wav", "a.wav", "b.WAV", "가수_노래.wav"], dataset.Rows.Select(row => row.FileName));
        Assert.Equal(["Hiphop", "jazz", "jazz", "Trot"], dataset.Rows.Select(row => row.Label));
        double[] frequencies = [300, 500, 400, 600];
        foreach (var (row, frequency) in dataset.Rows.Zip(frequencies))
        {
            var expected = SongAnalyzer.Analyze(new MemoryStream(WavFile.Tone(frequency))).Features;
            Assert.Equal(expected.Values.ToArray(), row.Values.ToArray());
        }
    }

    [Fact]
    public void FromFolder_BadFile_IsReportedAndTheOthersGoOn()
    {
        _folder.Write("rock/a.wav", WavFile.Tone(300));
        var bad = _folder.Write("rock/b.wav", "MZ this is a program"u8.ToArray());
        var empty = _folder.Write("rock/c.wav", []);
        _folder.Write("rock/d.wav", WavFile.Tone(400));

        var (dataset, refused) = DatasetBuilder.FromFolder(_folder.Path);

        Assert.Equal(["a.wav", "d.wav"], dataset.Rows.Select(row => row.FileName));
        Assert.Equal([bad, empty], refused.Select(file => file.Path));
        Assert.All(refused, file => Assert.NotEmpty(file.Reason));
    }

    [Fact]
    public void FromFolder_Progress_IsToldAfterEveryFile()
    {
        _folder.Write("rock/a.wav", WavFile.Tone(300));
        _folder.Write("rock/b.wav", [1]);
        _folder.Write("folk/c.wav", WavFile.Tone(400));
        var reports = new List<DatasetProgress>();

        DatasetBuilder.FromFolder(_folder.Path, new DirectProgress<DatasetProgress>(report =>
        {
            lock (reports)
            {
                reports.Add(report);
            }
        }));

        Assert.Equal([1, 2, 3], reports.Select(report => report.Done).Order());
        Assert.All(reports, report => Assert.Equal(3, report.Total));
    }

    [Fact]
    public void FromFolder_FolderNamedBySpaces_IsNoGenre()
    {
        _folder.Write("rock/a.wav", WavFile.Tone(300));
        _folder.Write("  /b.wav", WavFile.Tone(400));

        var (dataset, _) = DatasetBuilder.FromFolder(_folder.Path);

        Assert.Equal("Rock", Assert.Single(dataset.Rows).Label);
    }

    [Fact]
    public void FromFolder_NothingReadable_SaysWhatIsExpected()
    {
        _folder.Write("song.wav", WavFile.Tone(300));
        Assert.Contains("one sub-folder per genre", Refusal(), StringComparison.Ordinal);

        _folder.Write("rock/bad.wav", [1, 2, 3]);
        Assert.Contains("No readable song file", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void FromFolder_NoSuchFolder_Throws() =>
        Assert.Throws<DirectoryNotFoundException>(() => DatasetBuilder.FromFolder(_folder.File("missing")));

    [Fact]
    public void FromFolder_Cancelled_Stops()
    {
        for (var i = 0; i < 40; i++)
        {
            _folder.Write($"rock/{i}.wav", WavFile.Tone(300 + i));
        }

        using var cancellation = new CancellationTokenSource();
        var last = 0;
        var progress = new DirectProgress<DatasetProgress>(report =>
        {
            cancellation.Cancel();
            Interlocked.Exchange(ref last, report.Done);
        });

        Assert.ThrowsAny<OperationCanceledException>(() => DatasetBuilder.FromFolder(_folder.Path, progress, cancellation.Token));
        Assert.InRange(last, 1, 39);
    }

    private string Refusal() => Assert.Throws<InvalidDataException>(() => DatasetBuilder.FromFolder(_folder.Path)).Message;

    private static string Decomposed(string text) => text.Normalize(NormalizationForm.FormD);
}
