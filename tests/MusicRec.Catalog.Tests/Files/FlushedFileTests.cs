using MusicRec.Catalog.Files;

namespace MusicRec.Catalog.Tests.Files;

/// <summary>
/// What has its place is on the disk. Needs a file system whose pages are written later, a kernel that tells, and that nobody else has
/// everything written just then.
/// </summary>
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

    [Fact]
    public async Task Import_Song_IsOnTheDisk()
    {
        await using var catalog = await TestCatalog.CreateAsync();

        var result = await catalog.ImportAsync(Wav.Tone(440), "song.wav");

        Assert.Equal(0, PageCache.UnwrittenPages(Path.Combine(catalog.Storage.Songs, $"{result.Song!.Id:N}.wav")));
    }

    private string Write(string name)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, new byte[1 << 20]);
        return path;
    }
}
