using System.Text;
using System.Text.Json;
using CsCheck;
using MusicRec.Catalog.Playlists;

namespace MusicRec.Catalog.Tests.Playlists;

public sealed class PlaylistFileTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void M3u8_IsWhatPlayersRead() => Assert.Equal(
        """
        #EXTM3U
        #PLAYLIST:밤 산책
        #EXTINF:183,아이유 - 좋은 날
        https://music.example/1
        #EXTINF:60,제목만
        https://music.example/2

        """.ReplaceLineEndings("\n"),
        Text(PlaylistFormat.M3u8, "밤 산책", SongOf("좋은 날", "아이유", 182.6), SongOf("제목만", "", 60)));

    [Fact]
    public void M3u8Files_NamesTheFilesAndNoCommentOfTheirs() =>
        Assert.Contains("\n./#노래.mp3\n", Text(PlaylistFormat.M3u8Files, "목록", SongOf("노래", "", 1, "#노래.mp3")), StringComparison.Ordinal);

    [Fact]
    public void Csv_BeginsWithAMarkForSpreadsheetsAndGuardsFormulas()
    {
        var bytes = PlaylistFile.Write(PlaylistFormat.Csv, "목록", [SongOf("=1+1", "@SUM(A1)", 61.25, "-2.wav"), SongOf("쉼표, \"따옴표\"", "가수", 1)], AddressOf(1));

        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        Assert.Equal(
            """"
            number,title,artist,album,year,genre,seconds,tempo,file,url
            1,'=1+1,'@SUM(A1),앨범,1999,Trot,61.3,,'-2.wav,https://music.example/1
            2,"쉼표, ""따옴표""",가수,앨범,1999,Trot,1.0,,노래.wav,https://music.example/2

            """".ReplaceLineEndings("\r\n"),
            Encoding.UTF8.GetString(bytes[3..]));
    }

    [Fact]
    public void Json_IsReadable()
    {
        using var json = JsonDocument.Parse(Text(PlaylistFormat.Json, "목록 \"1\"", SongOf("좋은 날", "아이유", 182.6)));

        Assert.Equal("목록 \"1\"", json.RootElement.GetProperty("name").GetString());
        var song = json.RootElement.GetProperty("songs")[0];
        Assert.Equal(("좋은 날", 182.6, 1999), (song.GetProperty("title").GetString(), song.GetProperty("seconds").GetDouble(), song.GetProperty("year").GetInt32()));
        Assert.Equal(JsonValueKind.Null, song.GetProperty("tempo").ValueKind);
    }

    /// <summary>Names of songs are anything: they begin no line of their own.</summary>
    [Fact]
    public void M3u8_AnyNames_HasTwoLinesASong() => Gen.Select(Gen.String, Gen.String, Gen.String).Sample((title, artist, name) =>
    {
        var lines = Text(PlaylistFormat.M3u8, name, SongOf(title, artist, 5)).Split('\n');

        Assert.Equal(5, lines.Length);
        Assert.Equal("#EXTM3U", lines[0]);
        Assert.StartsWith("#EXTINF:5,", lines[2], StringComparison.Ordinal);
    });

    [Theory]
    [InlineData("밤 산책", "밤 산책.m3u8")]
    [InlineData("../../etc/passwd", "_.._etc_passwd.m3u8")]
    [InlineData("a\r\nb\"c", "a__b_c.m3u8")]
    [InlineData("..", "playlist.m3u8")]
    public void NameOf_AnyName_IsAFileName(string name, string expected) => Assert.Equal(expected, PlaylistFile.NameOf(PlaylistFormat.M3u8, name));

    private static string Text(PlaylistFormat format, string name, params Song[] songs) =>
        Encoding.UTF8.GetString(PlaylistFile.Write(format, name, songs, AddressOf(1)));

    private static Func<Song, string> AddressOf(int number) => _ => $"https://music.example/{number++}";

    private static Song SongOf(string title, string artist, double seconds, string file = "노래.wav") =>
        new(new SongName(artist, title), file, "", seconds, "Trot", Now, "앨범", year: 1999);
}
