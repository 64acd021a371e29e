using System.Buffers.Binary;
using System.Text;
using CsCheck;
using MusicRec.Catalog.Tags;

namespace MusicRec.Catalog.Tests.Tags;

public sealed class TagReaderTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Fixtures", "tags");

    [Theory]
    [InlineData("info.wav", null)]
    [InlineData("id3.aiff", null)]
    [InlineData("v23.mp3", ImageKind.Jpeg)]
    [InlineData("v24.mp3", ImageKind.Png)]
    [InlineData("cover.flac", ImageKind.Png)]
    [InlineData("comments.oga", null)]
    [InlineData("comments.ogg", null)]
    [InlineData("comments.opus", null)]
    [InlineData("cover.m4a", ImageKind.Jpeg)]
    public void Read_FileOfAnotherProgram_FindsTags(string file, ImageKind? cover)
    {
        var tags = TagReader.Read(Open(file));

        Assert.Equal(("좋은 날", "아이유", "Real", cover), (tags.Title, tags.Artist, tags.Album, tags.Cover?.Kind));
    }

    [Fact]
    public void Read_OldMp3_FindsThoseAtTheEnd()
    {
        var tags = TagReader.Read(Open("v1.mp3"));

        Assert.Equal(("Nice Day", "IU", "Real"), (tags.Title, tags.Artist, tags.Album));
    }

    [Fact]
    public void Read_AiffWithNameChunk_FindsTitle() => Assert.Equal("좋은 날", TagReader.Read(Open("chunks.aiff")).Title);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Read_Id3ChunkInWav_FindsTextsInEveryEncoding(byte version)
    {
        for (byte encoding = 0; encoding < 4; encoding++)
        {
            if (encoding >= 2 && version < 4)
            {
                continue;
            }

            var tags = TagReader.Read(new MemoryStream(Tagged.WavWithId3(version, encoding, "밤편지", "아이유", Tagged.Png)));

            Assert.Equal(("밤편지", "아이유", ImageKind.Png), (tags.Title, tags.Artist, tags.Cover?.Kind));
        }
    }

    [Fact]
    public void Read_KoreanInCodePage949InInfo_IsRead()
    {
        var tags = TagReader.Read(new MemoryStream(Tagged.WavWithInfo(("INAM", Tagged.Korean("사랑했지만")), ("IART", Tagged.Korean("김광석")), ("IPRD", "Café"u8.ToArray()))));

        Assert.Equal(("사랑했지만", "김광석", "Café"), (tags.Title, tags.Artist, tags.Album));
    }

    [Fact]
    public void Read_OldMp3WithTextCutInALetter_IsReadUpToThere()
    {
        var file = new byte[128];
        "TAG"u8.CopyTo(file);
        Tagged.Korean("가나다라마바사아자차카타파하").CopyTo(file, 4);
        file[3] = (byte)' ';
        file[32] = 0xB0;

        Assert.Equal("가나다라마바사아자차카타파하", TagReader.Read(new MemoryStream(file)).Title);
    }

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'/>")]
    [InlineData("GIF89a")]
    [InlineData("<html><script>alert(1)</script>")]
    [InlineData("")]
    public void Read_PictureOfAnotherKind_IsNotKept(string content) =>
        Assert.Null(TagReader.Read(new MemoryStream(Tagged.WavWithId3(3, 3, "a", "b", Encoding.UTF8.GetBytes(content)))).Cover);

    [Fact]
    public void Read_PictureOfMoreThanFiveMegabytes_IsNotKept()
    {
        byte[] most = [.. Tagged.Png, .. new byte[(5 << 20) - Tagged.Png.Length]];

        Assert.NotNull(TagReader.Read(new MemoryStream(Tagged.WavWithId3(3, 3, "a", "b", most))).Cover);
        var larger = TagReader.Read(new MemoryStream(Tagged.WavWithId3(3, 3, "a", "b", [.. most, 0])));
        Assert.Equal(("a", null), (larger.Title, larger.Cover));
    }

    /// <summary>The later version 2.4 wants sizes in seven bits a byte; some programs wrote eight.</summary>
    [Fact]
    public void Read_Version24WithPlainSizes_IsRead()
    {
        var tag = Tagged.Id3(3, 3, new string('가', 60), "나", null);
        tag[3] = 4;

        Assert.Equal((new string('가', 60), "나"), (TagReader.Read(new MemoryStream(tag)).Title, TagReader.Read(new MemoryStream(tag)).Artist));
    }

    [Fact]
    public void Read_DecomposedAndHostileTexts_AreCleaned()
    {
        var tags = TagReader.Read(new MemoryStream(Tagged.Id3(4, 3, "밤편지".Normalize(NormalizationForm.FormD), "\u202Eevil\u0007\n" + new string('x', 300), null)));

        Assert.Equal(("밤편지", 200), (tags.Title, tags.Artist.Length));
        Assert.StartsWith("evil", tags.Artist, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_BoxesInBoxesWithoutEnd_Ends()
    {
        var file = new MemoryStream();
        for (var left = 800_000; left > 8; left -= 8)
        {
            file.Write(BigEndian(left));
            file.Write(left == 800_000 ? "ftyp"u8 : "moov"u8);
        }

        Assert.Equal("", TagReader.Read(file).Title);
    }

    /// <summary>A value needs eight bytes in front of it: type and language.</summary>
    [Fact]
    public void Read_Mp4ValueWithoutRoomForItsType_KeepsWhatStandsBefore()
    {
        byte[] shortBox = [0, 0, 0, 8, .. "data"u8];
        var tags = TagReader.Read(new MemoryStream(Tagged.Mp4(("©nam", Tagged.Mp4Text("제목")), ("©zzz", shortBox), ("©ART", Tagged.Mp4Text("가수")))));

        Assert.Equal(("제목", ""), (tags.Title, tags.Artist));
    }

    [Fact]
    public void Read_OpusWithAPictureOfFourMegabytes_FindsEverything()
    {
        byte[] picture = [.. Tagged.Png, .. new byte[(4 << 20) - Tagged.Png.Length]];

        var tags = TagReader.Read(new MemoryStream(Tagged.Opus("밤편지", "아이유", picture)));

        Assert.Equal(("밤편지", "아이유", picture.Length), (tags.Title, tags.Artist, tags.Cover?.Bytes.Length));
    }

    [Fact]
    public void Read_AnyBytesAfterASignature_NeverThrows() =>
        Gen.Select(Gen.OneOf(new[] { "RIFF", "FORM", "OggS", "ID3\u0003", "fLaC", "\0\0\0\u0008ftyp", "TAG" }.Select(Gen.Const).ToArray()), Gen.Byte.Array[0, 400]).Sample(
            (signature, bytes) => TagReader.Read(new MemoryStream([.. Encoding.Latin1.GetBytes(signature), .. bytes])) is not null, iter: 5000);

    private static FileStream Open(string file) => File.OpenRead(Path.Combine(Folder, file));

    private static byte[] BigEndian(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
