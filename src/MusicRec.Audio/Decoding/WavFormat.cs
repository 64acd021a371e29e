using System.Buffers.Binary;
using System.Globalization;

namespace MusicRec.Audio.Decoding;

/// <summary>The <c>fmt </c> chunk of a WAV file, checked.</summary>
/// <param name="Format">How a sample is stored.</param>
/// <param name="Channels">1 to 32.</param>
/// <param name="SampleRate">1000 to 384 000 Hz.</param>
internal readonly record struct WavFormat(SampleFormat Format, int Channels, int SampleRate)
{
    /// <summary>Bytes of the chunk that every variant has; the extensible one has 40.</summary>
    public const int MinLength = 16;
    public const int ExtensibleLength = 40;

    private const int Pcm = 1, Float = 3, ALaw = 6, MuLaw = 7, Extensible = 0xFFFE;

    /// <summary>The last 14 bytes of all the sub-format GUIDs that stand for a format tag.</summary>
    private static ReadOnlySpan<byte> SubFormatTail =>
        [0x00, 0x00, 0x00, 0x00, 0x10, 0x00, 0x80, 0x00, 0x00, 0xAA, 0x00, 0x38, 0x9B, 0x71];

    public int BytesPerSample => Format switch
    {
        SampleFormat.UInt8 or SampleFormat.ALaw or SampleFormat.MuLaw => 1,
        SampleFormat.Int16 => 2,
        SampleFormat.Int24 => 3,
        SampleFormat.Int32 or SampleFormat.Float32 => 4,
        _ => 8,
    };

    public int BytesPerFrame => BytesPerSample * Channels;

    /// <summary>The encoding as a person names it.</summary>
    public string Name => Format switch
    {
        SampleFormat.UInt8 => "8-bit PCM",
        SampleFormat.Int16 => "16-bit PCM",
        SampleFormat.Int24 => "24-bit PCM",
        SampleFormat.Int32 => "32-bit PCM",
        SampleFormat.Float32 => "32-bit float",
        SampleFormat.Float64 => "64-bit float",
        SampleFormat.ALaw => "A-law",
        _ => "mu-law",
    };

    /// <summary>Reads the content of the chunk, at least <see cref="MinLength"/> bytes of it.</summary>
    public static WavFormat Parse(ReadOnlySpan<byte> chunk)
    {
        int tag = BinaryPrimitives.ReadUInt16LittleEndian(chunk);
        int channels = BinaryPrimitives.ReadUInt16LittleEndian(chunk[2..]);
        var sampleRate = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
        int blockAlign = BinaryPrimitives.ReadUInt16LittleEndian(chunk[12..]);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(chunk[14..]);
        AudioLimits.Require(channels, sampleRate);
        if (tag == Extensible)
        {
            tag = SubFormatTag(chunk);
        }

        var format = new WavFormat(SampleFormatOf(tag, ContainerBits(tag, bits, blockAlign, channels)), channels, (int)sampleRate);
        return blockAlign == 0 || blockAlign == format.BytesPerFrame
            ? format
            : throw new InvalidAudioException(
                AudioProblem.DamagedHeader,
                $"The header contradicts itself: {channels} channels of {format.Name} take {format.BytesPerFrame} bytes, not {blockAlign}.",
                $"block align {blockAlign}");
    }

    /// <summary>
    /// The bits a sample takes in the file. Odd sizes such as 20 bits are stored in whole bytes, high bits first used, so
    /// the container decides.
    /// </summary>
    private static int ContainerBits(int tag, int bits, int blockAlign, int channels)
    {
        if (tag != Pcm || bits is < 1 or > 32 || blockAlign == 0 || blockAlign % channels != 0)
        {
            return tag == Pcm && bits is >= 1 and <= 32 ? (bits + 7) / 8 * 8 : bits;
        }

        var container = blockAlign / channels * 8;
        return container >= bits && container <= 32 ? container : bits;
    }

    private static SampleFormat SampleFormatOf(int tag, int bits) => (tag, bits) switch
    {
        (Pcm, 8) => SampleFormat.UInt8,
        (Pcm, 16) => SampleFormat.Int16,
        (Pcm, 24) => SampleFormat.Int24,
        (Pcm, 32) => SampleFormat.Int32,
        (Float, 32) => SampleFormat.Float32,
        (Float, 64) => SampleFormat.Float64,
        (ALaw, 8) => SampleFormat.ALaw,
        (MuLaw, 8) => SampleFormat.MuLaw,
        (Pcm or Float or ALaw or MuLaw, _) => throw Unsupported(string.Create(
            CultureInfo.InvariantCulture,
            $"{bits}-bit {(tag == Pcm ? "PCM" : tag == Float ? "float" : tag == ALaw ? "A-law" : "mu-law")}")),
        _ => throw Unsupported(string.Create(CultureInfo.InvariantCulture, $"{CompressionName(tag)} (format tag 0x{tag:X4})")),
    };

    private static int SubFormatTag(ReadOnlySpan<byte> chunk)
    {
        if (chunk.Length < ExtensibleLength)
        {
            throw new InvalidAudioException(
                AudioProblem.DamagedHeader, "The header says WAVE_FORMAT_EXTENSIBLE but lacks its sub-format.", "WAVE_FORMAT_EXTENSIBLE");
        }

        return chunk.Slice(26, 14).SequenceEqual(SubFormatTail)
            ? BinaryPrimitives.ReadUInt16LittleEndian(chunk[24..])
            : throw Unsupported($"sub-format {new Guid(chunk.Slice(24, 16))}");
    }

    private static string CompressionName(int tag) => tag switch
    {
        2 => "Microsoft ADPCM",
        0x11 => "IMA ADPCM",
        0x31 => "GSM 6.10",
        0x50 => "MPEG audio",
        0x55 => "MP3",
        0x161 or 0x162 => "Windows Media Audio",
        0xF1AC => "FLAC",
        _ => "an unknown encoding",
    };

    private static UnsupportedAudioException Unsupported(string found) => new(
        AudioProblem.UnsupportedEncoding,
        $"The WAV file holds {found}; PCM of 8, 16, 24 or 32 bits, float of 32 or 64 bits, A-law and mu-law are read.",
        found);
}
