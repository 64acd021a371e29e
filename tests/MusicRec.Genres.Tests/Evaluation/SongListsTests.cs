using System.Text;
using MusicRec.Genres.Evaluation;
using MusicRec.Genres.Training;

namespace MusicRec.Genres.Tests.Evaluation;

public class SongListsTests
{
    [Theory]
    [InlineData("blues/blues.00001.wav", "blues.00001")]
    [InlineData("blues.00001.au", "blues.00001")]
    [InlineData("blues.00001", "blues.00001")]
    [InlineData("C:\\songs\\a b.MP3 ", "a b")]
    [InlineData("Mr. Song", "Mr. Song")]
    [InlineData("아이유_밤편지.wav", "아이유_밤편지")]
    [InlineData("e\u0301.wav", "\u00e9")]
    public void KeyOf_Path_DropsFoldersAndExtension(string path, string expected) => Assert.Equal(expected, EvaluationSong.KeyOf(path));

    [Fact]
    public void ReadArtists_Csv_HasArtistsAndHashes()
    {
        using var folder = new TemporaryFolder();
        var path = Write(folder, "\uFEFFfilename,artist,hash\r\na.wav,\"Simon, Garfunkel\",0a\r\ndir/b.wav,,\r\n", Encoding.UTF8);

        var facts = SongLists.ReadArtists(path);

        Assert.Equal(new SongFacts("Simon, Garfunkel", "0a"), facts["a"]);
        Assert.Equal(new SongFacts(null, null), facts["b"]);
    }

    [Fact]
    public void ReadArtists_IndexInLatin1_SkipsRemarksAndEmptyArtists()
    {
        using var folder = new TemporaryFolder();
        var path = Write(folder, "## remark ::: not a song\n##\nrock.00001.wav ::: Mot\u00f6rhead ::: A Song\nrock.00002.wav ::: :::\n", Encoding.Latin1);

        var facts = SongLists.ReadArtists(path);

        Assert.Equal(2, facts.Count);
        Assert.Equal("Mot\u00f6rhead", facts["rock.00001"].Artist);
        Assert.Null(facts["rock.00002"].Artist);
    }

    [Theory]
    [InlineData("name,artist\na,b\n", "filename,artist")]
    [InlineData("", "filename,artist")]
    [InlineData("filename,artist\na\n", "Line 2")]
    [InlineData("filename,artist\n", "no song")]
    public void ReadArtists_SomethingElse_Throws(string content, string expected)
    {
        using var folder = new TemporaryFolder();
        var path = Write(folder, content, Encoding.UTF8);

        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => SongLists.ReadArtists(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadSplit_Lines_AreKeys()
    {
        using var folder = new TemporaryFolder();

        Assert.Equal(["blues.00029", "x"], SongLists.ReadSplit(Write(folder, "blues/blues.00029.wav\r\n\r\nx.au", Encoding.UTF8)));
        Assert.Throws<InvalidDataException>(() => SongLists.ReadSplit(Write(folder, "\n", Encoding.UTF8)));
    }

    [Fact]
    public void SongsOf_NamesWithUnderscores_KnowsArtistsButNotGenresAsArtists()
    {
        var table = new Dataset(
            ["length", "x"],
            [Row("아이유_밤편지.wav", "Ballad"), Row("Rock_3.wav", "Rock"), Row("락_3.wav", "Rock"), Row("song.wav", "Rock"), Row("_x.wav", "Rock"), Row("a_b.wav", "")]);

        var (columns, songs) = SongLists.SongsOf(table, null);

        Assert.Equal(["x"], columns);
        Assert.Equal(["아이유", null, null, null, null], songs.Select(song => song.Artist));
        Assert.All(songs, song => Assert.Equal([2], song.Values.ToArray()));
    }

    [Fact]
    public void SongsOf_ArtistsGiven_AreTheOnlyOnes()
    {
        var table = new Dataset(["x", "y"], [Row("a_1.wav", "Rock"), Row("b_1.wav", "Rock")]);

        var (_, songs) = SongLists.SongsOf(table, new Dictionary<string, SongFacts> { ["b_1"] = new("B", "0a") });

        Assert.Equal([(null, null), ("B", "0a")], songs.Select(song => (song.Artist, song.Hash)));
    }

    private static DatasetRow Row(string name, string label) => new(name, new double[] { 1, 2 }, label);

    private static string Write(TemporaryFolder folder, string content, Encoding encoding)
    {
        var path = folder.File("list.txt");
        File.WriteAllText(path, content, encoding);
        return path;
    }
}
