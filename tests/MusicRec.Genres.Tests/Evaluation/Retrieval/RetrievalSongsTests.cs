using MusicRec.Genres.Evaluation.Retrieval;

namespace MusicRec.Genres.Tests.Evaluation.Retrieval;

public sealed class RetrievalSongsTests
{
    [Fact]
    public void Read_EmptyCells_AreNotKnown()
    {
        using var folder = new TemporaryFolder();
        var path = Write(folder, "file,genre,artist,album\na/b.ogg,Rock,,a\n\"c, d.wav\",, 누구 ,\n");

        Assert.Equal([new RetrievalSong("a/b.ogg", "Rock", null, "a"), new RetrievalSong("c, d.wav", null, "누구", null)], RetrievalSongs.Read(path));
    }

    [Theory]
    [InlineData("", "header")]
    [InlineData("file,artist\na,b\n", "header")]
    [InlineData("file,genre,artist,album\n", "no song")]
    [InlineData("file,genre,artist,album\na,b\n", "line 2 has 2 fields")]
    public void Read_SomethingElse_SaysWhatIsExpected(string content, string expected)
    {
        using var folder = new TemporaryFolder();

        var exception = Assert.Throws<InvalidDataException>(() => RetrievalSongs.Read(Write(folder, content)));

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ByPath_FirstFolder_IsTheAlbum()
    {
        Assert.Equal(new RetrievalSong("one/two/a.wav", null, null, "one"), RetrievalSongs.ByPath("/music", "/music/one/two/a.wav"));
        Assert.Equal(new RetrievalSong("a.wav", null, null, null), RetrievalSongs.ByPath("/music", "/music/a.wav"));
    }

    private static string Write(TemporaryFolder folder, string content)
    {
        var path = Path.Combine(folder.Path, "songs.csv");
        File.WriteAllText(path, content);
        return path;
    }
}
