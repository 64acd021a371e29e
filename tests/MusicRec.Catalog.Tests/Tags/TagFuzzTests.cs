using MusicRec.Catalog.Tags;
using MusicRec.Fuzzing;

namespace MusicRec.Catalog.Tests.Tags;

/// <summary>Tags are no reason to refuse a song: whatever a file is made of, reading them never throws.</summary>
public sealed class TagFuzzTests
{
    /// <summary>As many bytes of a file as may be read in all, and what is made of them.</summary>
    private const long MostBytes = 64L << 20;

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Fixtures", "tags");

    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder).Select(Path.GetFileName).OfType<string>().Where(name => name != "README.md")];

    /// <summary>Tags and nothing else: all damage falls into them.</summary>
    private static readonly Dictionary<string, byte[]> Small = new()
    {
        ["mp4"] = Tagged.Mp4(("©nam", Tagged.Mp4Text("제목")), ("aART", Tagged.Mp4Text("가수")), ("©day", Tagged.Mp4Text("2017")), ("covr", Tagged.Mp4Picture(Tagged.Png))),
        ["opus"] = Tagged.Opus("제목", "가수", Tagged.Png),
        ["id3 2.2"] = Tagged.Id3(2, 0, "제목", "가수", Tagged.Png),
        ["id3 2.3"] = Tagged.Id3(3, 1, "제목", "가수", Tagged.Png),
        ["id3 2.4"] = Tagged.Id3(4, 3, "제목", "가수", Tagged.Png),
    };

    public static TheoryData<string> SmallFiles => [.. Small.Keys];

    [Theory]
    [MemberData(nameof(Files))]
    public void Read_DamagedFiles_NeverThrows(string name) => Run(File.ReadAllBytes(Path.Combine(Folder, name)));

    [Theory]
    [MemberData(nameof(SmallFiles))]
    public void Read_DamagedTagsWithoutSound_NeverThrows(string name) => Run(Small[name]);

    /// <summary>A size that is wrong by a little is what chance seldom makes: every byte takes every value.</summary>
    [Theory]
    [MemberData(nameof(SmallFiles))]
    public void Read_OneByteOfTagsChanged_NeverThrows(string name)
    {
        var file = Small[name].ToArray();
        for (var place = 0; place < file.Length; place++)
        {
            var valid = file[place];
            for (var value = 0; value <= byte.MaxValue; value++)
            {
                file[place] = (byte)value;
                Read(file);
            }

            file[place] = valid;
        }
    }

    private static void Run(byte[] valid) => Fuzzer.Run([valid], Read, _ => false, MostBytes);

    private static void Read(byte[] file)
    {
        var tags = TagReader.Read(new MemoryStream(file));
        Assert.All((string[])[tags.Title, tags.Artist, tags.Album], text => Assert.InRange(text.Length, 0, SongNames.MaxLength));
        Assert.InRange(tags.Cover?.Bytes.Length ?? 0, 0, Math.Min(file.Length, CoverPicture.MaxBytes));
    }
}
