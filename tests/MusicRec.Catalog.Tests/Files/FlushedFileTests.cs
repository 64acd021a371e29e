using MusicRec.Catalog.Files;
using MusicRec.Catalog.Uploads;

namespace MusicRec.Catalog.Tests.Files;

/// <summary>What has its place is on the disk. Needs a file system whose pages are written later, and a kernel that tells.</summary>
public sealed class FlushedFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("musicrec-test-");

    public FlushedFileTests()
    {
        var plain = Write("plain");
        Assert.SkipUnless(PageCache.UnwrittenPages(plain) > 0, "This system does not tell what it has not written yet.");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Move_File_IsOnTheDisk()
    {
        var target = Path.Combine(_folder.FullName, "moved");

        FlushedFile.Move(Write("file"), target);

        Assert.Equal(0, PageCache.UnwrittenPages(target));
    }

    [Fact]
    public void Copy_File_IsOnTheDiskAndNothingElseIsLeft()
    {
        var target = Path.Combine(_folder.FullName, "copied");

        FlushedFile.Copy(Write("file"), target);

        Assert.Equal(0, PageCache.UnwrittenPages(target));
        Assert.Equal(["copied", "file", "plain"], _folder.EnumerateFiles().Select(file => file.Name).Order());
    }

    /// <summary>A visitor's file does not wait for the disk, which also shows that the songs' do not come there by themselves.</summary>
    [Fact]
    public async Task Import_Song_IsOnTheDisk_UploadMayComeLater()
    {
        await using var catalog = await TestCatalog.CreateAsync();

        var result = await catalog.ImportAsync(Wav.Tone(440), "song.wav");
        await catalog.Get<UploadService>().CreateAsync(new MemoryStream(Wav.Tone(550)), "upload.wav", TestContext.Current.CancellationToken);

        Assert.Equal(0, PageCache.UnwrittenPages(Path.Combine(catalog.Storage.Songs, $"{result.Song!.Id:N}.wav")));
        Assert.NotEqual(0, PageCache.UnwrittenPages(Assert.Single(Directory.GetFiles(catalog.Storage.Uploads))));
    }

    private string Write(string name)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, new byte[1 << 20]);
        return path;
    }
}
