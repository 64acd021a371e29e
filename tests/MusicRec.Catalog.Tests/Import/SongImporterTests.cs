using MusicRec.Audio.Decoding;
using MusicRec.Catalog.Import;
using MusicRec.Catalog.Uploads;

namespace MusicRec.Catalog.Tests.Import;

public sealed class SongImporterTests
{
    [Fact]
    public async Task Import_NewSong_IsStoredUnderItsIdAndQueued()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var wav = Wav.Tone(440);

        var result = await catalog.ImportAsync(wav, "가수_노래.wav", "r&b");

        Assert.Equal(ImportOutcome.Added, result.Outcome);
        var song = await catalog.ReadAsync(result.Song!.Id);
        Assert.Equal(("가수", "노래", "가수_노래.wav", "RnB"), (song.Artist, song.Title, song.FileName, song.Label));
        Assert.Equal(SongStatus.Queued, song.Status);
        Assert.Equal(0.5, song.Seconds, 3);
        Assert.Equal(wav, await File.ReadAllBytesAsync(Path.Combine(catalog.Storage.Songs, $"{song.Id:N}.wav")));
        Assert.Empty(Directory.GetFiles(catalog.Storage.Incoming));
    }

    [Fact]
    public async Task Import_SameBytesAgain_ChangesNothing()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var first = await catalog.ImportAsync(Wav.Tone(440), "a_b.wav");

        var second = await catalog.ImportAsync(Wav.Tone(440), "c_d.wav");

        Assert.Equal(ImportOutcome.AlreadyThere, second.Outcome);
        Assert.Equal(first.Song!.Id, second.Song!.Id);
        Assert.Equal("b", second.Song.Title);
        Assert.Single(Directory.GetFiles(catalog.Storage.Songs));
    }

    [Fact]
    public async Task Import_SameBytesAtOnce_MakesOneSong()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var wav = Wav.Tone(440);

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() =>
            catalog.Get<SongImporter>().ImportAsync(new MemoryStream(wav), $"{i}.wav", null, CancellationToken.None))));

        Assert.Single(results, result => result.Outcome == ImportOutcome.Added);
        Assert.Single(results.Select(result => result.Song!.Id).Distinct());
        Assert.Single(Directory.GetFiles(catalog.Storage.Songs));
        Assert.Empty(Directory.GetFiles(catalog.Storage.Incoming));
    }

    public static TheoryData<byte[], AudioProblem> Refused => new()
    {
        { [], AudioProblem.EmptyFile },
        { "MZ\x90\0\x03 this is a program"u8.ToArray(), AudioProblem.UnknownFormat },
        { Wav.Tone(440)[..20], AudioProblem.DamagedHeader },
        { Wav.Empty(), AudioProblem.NoSamples },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Import_UnreadableFile_IsRefusedAndNothingStored(byte[] bytes, AudioProblem problem)
    {
        await using var catalog = await TestCatalog.CreateAsync();

        var result = await catalog.ImportAsync(bytes, "x.wav");

        Assert.Equal(ImportOutcome.Refused, result.Outcome);
        Assert.Equal(problem, result.Refusal!.Problem);
        Assert.Empty(Directory.GetFiles(catalog.Storage.Root, "*.wav", SearchOption.AllDirectories));
        Assert.Empty(Directory.GetFiles(catalog.Storage.Incoming));
    }

    [Fact]
    public async Task Import_TooManyBytes_IsRefusedAndNothingStored()
    {
        await using var catalog = await TestCatalog.CreateAsync(settings: new() { ["Upload:MaxBytes"] = "1048576" });
        var importer = catalog.Get<SongImporter>();

        var exception = await Assert.ThrowsAsync<FileTooLargeException>(
            () => importer.ImportAsync(new MemoryStream(new byte[1048577]), "x.wav", null, CancellationToken.None));

        Assert.Equal(1048576, exception.MaxBytes);
        Assert.Empty(Directory.GetFiles(catalog.Storage.Incoming));
    }

    [Fact]
    public async Task Import_SenderBreaksOff_NothingStays()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var importer = catalog.Get<SongImporter>();

        await Assert.ThrowsAsync<IOException>(() => importer.ImportAsync(new BrokenStream(), "x.wav", null, CancellationToken.None));

        Assert.Empty(Directory.GetFiles(catalog.Storage.Incoming));
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new IOException("The other side went away.");
    }
}
