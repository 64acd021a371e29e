using System.Buffers.Binary;

namespace MusicRec.Audio.Tests.Decoding;

/// <summary>Puts WAV files together chunk by chunk, right or wrong as the test wants them.</summary>
/// <param name="form">RIFF, RF64 or BW64.</param>
internal sealed class WavBuilder(string form = "RIFF")
{
    public const int Pcm = 1, Float = 3, ALaw = 6, MuLaw = 7, Extensible = 0xFFFE;

    /// <summary>Bytes before the samples of <see cref="Plain"/>.</summary>
    public const int PlainHeaderLength = 44;

    private readonly List<byte> _chunks = [];

    /// <summary>A file of a format chunk of 16 bytes and the samples.</summary>
    public static byte[] Plain(int tag, int bits, int channels, int rate, byte[] data) =>
        new WavBuilder().Format(tag, bits, channels, rate).Chunk("data", data).ToArray();

    /// <summary>A plain file of 16-bit samples.</summary>
    public static byte[] Pcm16(int channels, int rate, params short[] samples) => Plain(Pcm, 16, channels, rate, Bytes(samples));

    /// <summary>A plain file of 32-bit float samples.</summary>
    public static byte[] Float32(int channels, int rate, params float[] samples) =>
        Plain(Float, 32, channels, rate, [.. samples.SelectMany(BitConverter.GetBytes)]);

    public static byte[] Bytes(params short[] samples) => [.. samples.SelectMany(BitConverter.GetBytes)];

    public WavBuilder Format(int tag, int bits, int channels, int rate, int? blockAlign = null) =>
        Chunk("fmt ", FormatContent(tag, bits, channels, rate, blockAlign));

    /// <summary>The format chunk of 40 bytes: <paramref name="bits"/> is the container, <paramref name="validBits"/> what of it is used.</summary>
    public WavBuilder ExtensibleFormat(int subFormat, int bits, int validBits, int channels, int rate, byte[]? guidTail = null) =>
        Chunk("fmt ", [
            .. FormatContent(Extensible, bits, channels, rate, null),
            .. UInt16(22), .. UInt16(validBits), .. UInt32(0),
            .. UInt16(subFormat), .. guidTail ?? [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71],
        ]);

    /// <summary>The sizes of 64 bits that RF64 and BW64 have.</summary>
    public WavBuilder LongSizes(long dataSize) =>
        Chunk("ds64", [.. BitConverter.GetBytes(dataSize + 72), .. BitConverter.GetBytes(dataSize), .. BitConverter.GetBytes(0L), .. UInt32(0)]);

    /// <summary>Adds a chunk; by default with the true size and, when that is odd, a pad byte.</summary>
    public WavBuilder Chunk(string name, byte[] content, uint? claimedSize = null, bool pad = true)
    {
        _chunks.AddRange(name.Select(letter => (byte)letter));
        _chunks.AddRange(UInt32(claimedSize ?? (uint)content.Length));
        _chunks.AddRange(content);
        if (pad && content.Length % 2 == 1)
        {
            _chunks.Add(0);
        }

        return this;
    }

    public byte[] ToArray()
    {
        var riffSize = form == "RIFF" ? (uint)(4 + _chunks.Count) : uint.MaxValue;
        return [.. form.Select(letter => (byte)letter), .. UInt32(riffSize), .. "WAVE"u8, .. _chunks];
    }

    private static byte[] FormatContent(int tag, int bits, int channels, int rate, int? blockAlign)
    {
        var align = blockAlign ?? channels * bits / 8;
        return [
            .. UInt16(tag), .. UInt16(channels), .. UInt32((uint)rate), .. UInt32((uint)rate * (uint)align), .. UInt16(align), .. UInt16(bits),
        ];
    }

    private static byte[] UInt16(int value)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)value);
        return bytes;
    }

    private static byte[] UInt32(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }
}
