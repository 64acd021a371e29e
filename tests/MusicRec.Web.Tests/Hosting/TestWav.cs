using System.Buffers.Binary;

namespace MusicRec.Web.Tests.Hosting;

/// <summary>Small WAV files, right ones and wrong ones.</summary>
internal static class TestWav
{
    private const int Rate = 22050;
    private const int HeaderBytes = 44;
    private const int DataSizeOffset = 40;

    /// <summary>A second of a tone, 16 bit, one channel; another frequency makes another file.</summary>
    public static byte[] Tone(double frequency = 440, int samples = Rate)
    {
        var wav = Header(format: 1, channels: 1, bits: 16, dataBytes: samples * 2);
        for (var i = 0; i < samples; i++)
        {
            var value = (short)(12000 * Math.Sin(2 * Math.PI * frequency * i / Rate) * (0.6 + (0.4 * Math.Sin(i / 2000.0))));
            BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(HeaderBytes + (2 * i)), value);
        }

        return wav;
    }

    /// <summary>A tone in a file of exactly so many bytes.</summary>
    public static byte[] OfLength(int bytes) => Tone(samples: (bytes - HeaderBytes) / 2);

    public static byte[] TruncatedHeader() => Tone()[..20];

    public static byte[] NoSamples() => Tone(samples: 0);

    public static byte[] ZeroChannels()
    {
        var wav = Tone();
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(22), 0);
        return wav;
    }

    /// <summary>Says 4 GB in both sizes and has no sample.</summary>
    public static byte[] FourGigabytesClaimed()
    {
        var wav = Tone(samples: 0);
        BinaryPrimitives.WriteUInt32LittleEndian(wav.AsSpan(4), uint.MaxValue);
        BinaryPrimitives.WriteUInt32LittleEndian(wav.AsSpan(DataSizeOffset), uint.MaxValue);
        return wav;
    }

    public static byte[] NotANumber()
    {
        var wav = Header(format: 3, channels: 1, bits: 32, dataBytes: Rate * 4);
        for (var i = 0; i < Rate; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(wav.AsSpan(HeaderBytes + (4 * i)), i == 1000 ? float.NaN : 0.1f);
        }

        return wav;
    }

    /// <summary>A tone with tags of ID3v2.3 in UTF-8: title, album, and anything as the front cover.</summary>
    public static byte[] Tagged(string title, string album, byte[] cover, double frequency = 440)
    {
        byte[] frames =
        [
            .. Frame("TIT2", [3, .. System.Text.Encoding.UTF8.GetBytes(title)]), .. Frame("TALB", [3, .. System.Text.Encoding.UTF8.GetBytes(album)]),
            .. Frame("APIC", [0, .. "image/png"u8, 0, 3, 0, .. cover]),
        ];
        byte[] tag = [.. "ID3"u8, 3, 0, 0, (byte)(frames.Length >> 21), (byte)((frames.Length >> 14) & 127), (byte)((frames.Length >> 7) & 127), (byte)(frames.Length & 127), .. frames];
        byte[] wav = [.. Tone(frequency), .. "id3 "u8, .. BitConverter.GetBytes(tag.Length), .. tag, .. new byte[tag.Length & 1]];
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(4), wav.Length - 8);
        return wav;
    }

    private static byte[] Frame(string name, byte[] content)
    {
        byte[] frame = [.. System.Text.Encoding.ASCII.GetBytes(name), 0, 0, 0, 0, 0, 0, .. content];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(4), content.Length);
        return frame;
    }

    public static byte[] Executable() => [(byte)'M', (byte)'Z', 0x90, 0, 3, 0, 0, 0, 4, 0, 0, 0, 0xFF, 0xFF, .. new byte[200]];

    /// <summary>Samples under a header that says what the caller wants it to.</summary>
    public static byte[] Claiming(int format, int rate, int channels, short bits, byte[] samples)
    {
        var wav = Header((short)format, (short)channels, bits, samples.Length);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(24), rate);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(32), (short)(channels * bits / 8));
        samples.CopyTo(wav, HeaderBytes);
        return wav;
    }

    private static byte[] Header(short format, short channels, short bits, int dataBytes)
    {
        var wav = new byte[HeaderBytes + dataBytes];
        "RIFF"u8.CopyTo(wav);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(4), HeaderBytes - 8 + dataBytes);
        "WAVEfmt "u8.CopyTo(wav.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(20), format);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(22), channels);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(24), Rate);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(28), Rate * channels * bits / 8);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(32), (short)(channels * bits / 8));
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(34), bits);
        "data"u8.CopyTo(wav.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(DataSizeOffset), dataBytes);
        return wav;
    }
}
