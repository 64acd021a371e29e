using MusicRec.Audio.Decoding;

namespace MusicRec.Audio.Tests.Decoding;

/// <summary>Formats are told by the first bytes, whatever tags stand before them.</summary>
public sealed class RecognitionTests
{
    public static TheoryData<byte[], string> Starts => new()
    {
        { "RIFF\u0010\0\0\0WAVEfmt "u8.ToArray(), "audio/wav" },
        { "fLaC\0\0\0\u0022\u0010\0\u0010\0"u8.ToArray(), "audio/flac" },
        { [0xFF, 0xFB, 0x90, 0x44, 0, 0, 0, 0, 0, 0, 0, 0], "audio/mpeg" },
        { [0xFF, 0xF3, 0x40, 0xC4, 0, 0, 0, 0, 0, 0, 0, 0], "audio/mpeg" },
        { [0xFF, 0xFD, 0x90, 0x44, 0, 0, 0, 0, 0, 0, 0, 0], "audio/mpeg" },
        { [0xFF, 0xF1, 0x50, 0x80, 0, 0, 0, 0, 0, 0, 0, 0], "audio/aac" },
        { "OggS\0\u0002\0\0\0\0\0\0"u8.ToArray(), "audio/ogg" },
        { "\0\0\0\u0020ftypM4A "u8.ToArray(), "audio/mp4" },
        { "FORM\0\0\0\u0010AIFC"u8.ToArray(), "audio/aiff" },
        { [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11, 0xA6, 0xD9, 0, 0xAA], "audio/x-ms-wma" },
        { [0x1A, 0x45, 0xDF, 0xA3, 1, 0, 0, 0, 0, 0, 0, 0x1F], "audio/webm" },
        { "caff\0\u0001\0\0desc"u8.ToArray(), "audio/x-caf" },
        { "MAC \u0096\u000f\0\0\u0034\0\0\0"u8.ToArray(), "audio/x-ape" },
        { "wvpk\0\0\0\0\u0010\u0004\0\0"u8.ToArray(), "audio/x-wavpack" },
        { "TTA1\u0001\0\u0002\0\u0010\0\0\0"u8.ToArray(), "audio/x-tta" },
        { "MPCKSH\u000e\0\0\0\0\0"u8.ToArray(), "audio/x-musepack" },
    };

    [Theory]
    [MemberData(nameof(Starts))]
    public void Recognize_FirstBytes_TellTheFormat(byte[] start, string mediaType)
    {
        Assert.Equal(mediaType, Recognize(start));
        Assert.Equal(mediaType, Recognize([.. Id3(40), .. start]));
        Assert.Equal(mediaType, Recognize([.. Id3(300), .. Id3(0), .. start]));
    }

    [Fact]
    public void Recognize_TagWithFooter_IsPassedWhole()
    {
        var tag = Id3(20);
        tag[5] |= 0x10;
        Assert.Equal("audio/flac", Recognize([.. tag, .. "3DI\u0004\0\u0010\0\0\0\u0014"u8, .. "fLaC\0\0\0\u0022\u0010\0\u0010\0"u8]));
    }

    /// <summary>Padding after the tag is common in MP3 files.</summary>
    [Fact]
    public void Recognize_NothingKnownBehindATag_IsTriedAsMp3() => Assert.Equal("audio/mpeg", Recognize([.. Id3(10), .. new byte[5000]]));

    [Theory]
    [InlineData("#EXTM3U\n#EXT-X-TARGETDURATION:10\nfile:///etc/passwd\n")]
    [InlineData("ffconcat version 1.0\nfile /etc/passwd\n")]
    [InlineData("<smil><audio src='http://localhost/'/></smil>")]
    [InlineData("ID3")]
    [InlineData("")]
    public void Recognize_WhatNamesOtherFiles_IsNoAudio(string content) => Assert.Null(Recognize(System.Text.Encoding.ASCII.GetBytes(content)));

    /// <summary>A playlist behind a tag goes to the MP3 decoders, which are told the format and find no sound.</summary>
    [Fact]
    public void ReadMono_PlaylistBehindATag_IsRefused()
    {
        byte[] file = [.. Id3(10), .. "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile:///etc/hostname\n#EXT-X-ENDLIST\n"u8];
        Assert.ThrowsAny<AudioFormatException>(() => Decode.Clip(file));
    }

    [Fact]
    public void Recognize_TagsWithoutEnd_AreGivenUp() => Assert.Null(Recognize([.. Enumerable.Range(0, 50).SelectMany(_ => Id3(5))]));

    private static byte[] Id3(int length) => [.. "ID3\u0004\0\0"u8, 0, 0, (byte)(length >> 7), (byte)(length & 0x7F), .. new byte[length]];

    private static string? Recognize(byte[] file)
    {
        using var stream = new MemoryStream([9, 9, .. file]) { Position = 2 };
        var format = AudioFormat.Recognize(stream);
        Assert.Equal(2, stream.Position);
        return format?.MediaType;
    }
}
