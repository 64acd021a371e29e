using MusicRec.Audio;
using MusicRec.Catalog.Indexing;
using MusicRec.Catalog.Songs;
using MusicRec.Genres.Embedding;

namespace MusicRec.Catalog.Tests.Indexing;

public sealed class SongIndexerTests
{
    [Fact]
    public async Task Index_Song_HasTheAnalyzersNumbers()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var wav = Wav.Tone(440, 2);
        var song = (await catalog.ImportAsync(wav, "1.wav")).Song!;

        await catalog.WorkOffAsync();

        var expected = SongAnalyzer.Analyze(new MemoryStream(wav), SoundEmbedding.Shared.HearSong, CancellationToken.None);
        var indexed = await catalog.ReadAsync(song.Id);
        Assert.Equal(SongStatus.Indexed, indexed.Status);
        Assert.Equal((expected.Tempo, expected.Tuning, expected.FileSeconds), (indexed.Tempo!.Value, indexed.Tuning!.Value, indexed.Seconds));
        Assert.Equal(expected.Features, await catalog.Get<SongCatalog>().FindFeaturesAsync(song.Id, CancellationToken.None));
        Assert.Equal(catalog.Time.GetUtcNow(), indexed.IndexedAt);
    }

    [Fact]
    public async Task Index_BadSongAmongGoodOnes_FailsWithItsReasonAndTheOthersGoOn()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var good = (await catalog.ImportAsync(Wav.Tone(300), "1.wav")).Song!;
        var bad = (await catalog.ImportAsync(WithNaN(), "2.wav")).Song!;
        var gone = (await catalog.ImportAsync(Wav.Tone(500), "3.wav")).Song!;
        var last = (await catalog.ImportAsync(Wav.Tone(600), "4.wav")).Song!;
        File.Delete(Path.Combine(catalog.Storage.Songs, $"{gone.Id:N}.wav"));

        await catalog.IndexAllAsync();

        Assert.Equal(SongStatus.Indexed, (await catalog.ReadAsync(good.Id)).Status);
        Assert.Equal(SongStatus.Indexed, (await catalog.ReadAsync(last.Id)).Status);
        Assert.Equal((SongStatus.Failed, "NonFiniteSamples"), await FailureAsync(catalog, bad));
        Assert.Equal((SongStatus.Failed, "FileMissing"), await FailureAsync(catalog, gone));
    }

    [Fact]
    public async Task Index_SongDeletedMeanwhile_NothingIsLeft()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var song = (await catalog.ImportAsync(Wav.Tone(300), "1.wav")).Song!;
        var claimed = await catalog.Get<IndexQueue>().ClaimNextAsync(CancellationToken.None);
        var path = Path.Combine(catalog.Storage.Songs, $"{song.Id:N}.wav");
        var bytes = await File.ReadAllBytesAsync(path);
        await catalog.Get<SongCatalog>().DeleteAsync(song.Id, CancellationToken.None);
        await File.WriteAllBytesAsync(path, bytes);

        await catalog.Get<SongIndexer>().IndexAsync(claimed!, CancellationToken.None);

        await using var context = catalog.Open();
        Assert.Empty(context.Songs);
        Assert.Empty(context.Vectors);
    }

    private static async Task<(SongStatus Status, string? Code)> FailureAsync(TestCatalog catalog, Song song)
    {
        var failed = await catalog.ReadAsync(song.Id);
        return (failed.Status, failed.FailureCode);
    }

    /// <summary>A 32-bit float file whose third sample is no number.</summary>
    private static byte[] WithNaN()
    {
        float[] samples = [0, 0.5f, float.NaN, 0.25f];
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write("RIFF"u8);
        writer.Write(36 + 16);
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)3);
        writer.Write((short)1);
        writer.Write(22050);
        writer.Write(22050 * 4);
        writer.Write((short)4);
        writer.Write((short)32);
        writer.Write("data"u8);
        writer.Write(16);
        foreach (var sample in samples)
        {
            writer.Write(sample);
        }

        return stream.ToArray();
    }
}
