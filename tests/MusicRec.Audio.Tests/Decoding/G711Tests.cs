namespace MusicRec.Audio.Tests.Decoding;

/// <summary>
/// All 256 codes of A-law and mu-law against tables 1 and 2 of ITU-T G.711: a code names a segment and one of its 16
/// intervals, and decodes to the middle of the interval.
/// </summary>
public sealed class G711Tests
{
    /// <summary>Where the segments of A-law begin, of 4096, and how wide their intervals are.</summary>
    private static readonly (double Start, double Step)[] ALawSegments =
        [(0, 2), (32, 2), (64, 4), (128, 8), (256, 16), (512, 32), (1024, 64), (2048, 128)];

    /// <summary>The same of mu-law, of 8192; its first interval straddles zero.</summary>
    private static readonly (double Start, double Step)[] MuLawSegments =
        [(-1, 2), (31, 4), (95, 8), (223, 16), (479, 32), (991, 64), (2015, 128), (4063, 256)];

    [Fact]
    public void ReadMono_ALaw_EqualsTheTableOfG711()
    {
        var samples = Decode.Samples(WavBuilder.Plain(WavBuilder.ALaw, 8, 1, 8000, AllCodes));
        // The even bits are inverted, the sign bit, which is the eighth, is not.
        Assert.Equal(AllCodes.Select(code => Expected(ALawSegments, code, code ^ 0x55, 4096)), samples);
    }

    [Fact]
    public void ReadMono_MuLaw_EqualsTheTableOfG711()
    {
        var samples = Decode.Samples(WavBuilder.Plain(WavBuilder.MuLaw, 8, 1, 8000, AllCodes));
        Assert.Equal(AllCodes.Select(code => Expected(MuLawSegments, code, ~code, 8192)), samples);
    }

    [Theory]
    [InlineData(WavBuilder.ALaw, 0xD5, 8)]
    [InlineData(WavBuilder.ALaw, 0x55, -8)]
    [InlineData(WavBuilder.ALaw, 0xAA, 32256)]
    [InlineData(WavBuilder.ALaw, 0x2A, -32256)]
    [InlineData(WavBuilder.MuLaw, 0xFF, 0)]
    [InlineData(WavBuilder.MuLaw, 0x7F, 0)]
    [InlineData(WavBuilder.MuLaw, 0x80, 32124)]
    [InlineData(WavBuilder.MuLaw, 0x00, -32124)]
    public void ReadMono_SmallestAndLargestCodes_HaveTheirKnown16BitValue(int tag, int code, int expected) =>
        Assert.Equal([expected / 32768f], Decode.Samples(WavBuilder.Plain(tag, 8, 1, 8000, [(byte)code])));

    private static byte[] AllCodes => [.. Enumerable.Range(0, 256).Select(code => (byte)code)];

    private static float Expected((double Start, double Step)[] segments, int code, int bits, double fullScale)
    {
        var (start, step) = segments[(bits >> 4) & 7];
        var magnitude = start + ((bits & 15) + 0.5) * step;
        return (float)((code & 0x80) != 0 ? magnitude / fullScale : -magnitude / fullScale);
    }
}
