using System.Buffers.Binary;
using System.Text;

namespace MusicRec.Catalog.Tests.Tags;

/// <summary>Tags written by hand.</summary>
internal static class Tagged
{
    private static readonly Encoding CodePage949 = CodePagesEncodingProvider.Instance.GetEncoding(949)!;

    /// <summary>A picture of one pixel.</summary>
    public static byte[] Png { get; } = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==");

    /// <summary>A song with tags of ID3 in a chunk.</summary>
    public static byte[] WavWithId3(byte version, byte encoding, string title, string artist, byte[]? picture, double hertz = 440) =>
        WithChunk(Wav.Tone(hertz), "id3 ", Id3(version, encoding, title, artist, picture));

    public static byte[] WavWithInfo(params (string Name, byte[] Value)[] values)
    {
        var list = new MemoryStream();
        list.Write("INFO"u8);
        foreach (var (name, value) in values)
        {
            WriteChunk(list, name, value);
        }

        return WithChunk(Wav.Tone(440), "LIST", list.ToArray());
    }

    public static byte[] Korean(string text) => CodePage949.GetBytes(text);

    public static byte[] Id3(byte version, byte encoding, string title, string artist, byte[]? picture)
    {
        var frames = new MemoryStream();
        WriteFrame(frames, version, version == 2 ? "TT2" : "TIT2", [encoding, .. Text(encoding, title)]);
        WriteFrame(frames, version, version == 2 ? "TP1" : "TPE1", [encoding, .. Text(encoding, artist)]);
        if (picture is not null)
        {
            byte[] type = version == 2 ? [.. "PNG"u8] : [.. "image/png"u8, 0];
            WriteFrame(frames, version, version == 2 ? "PIC" : "APIC", [0, .. type, 3, 0, .. picture]);
        }

        return [.. "ID3"u8, version, 0, 0, .. Synchsafe((int)frames.Length), .. frames.ToArray()];
    }

    private static byte[] Text(byte encoding, string text) => encoding switch
    {
        0 => Korean(text),
        1 => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)],
        2 => Encoding.BigEndianUnicode.GetBytes(text),
        _ => Encoding.UTF8.GetBytes(text),
    };

    private static void WriteFrame(MemoryStream frames, byte version, string name, byte[] content)
    {
        frames.Write(Encoding.ASCII.GetBytes(name));
        var size = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(size, content.Length);
        frames.Write(version switch { 2 => size[1..], 3 => [.. size, 0, 0], _ => [.. Synchsafe(content.Length), 0, 0] });
        frames.Write(content);
    }

    private static byte[] Synchsafe(int size) => [(byte)(size >> 21), (byte)((size >> 14) & 0x7F), (byte)((size >> 7) & 0x7F), (byte)(size & 0x7F)];

    private static byte[] WithChunk(byte[] wav, string name, byte[] content)
    {
        var file = new MemoryStream();
        file.Write(wav);
        WriteChunk(file, name, content);
        var bytes = file.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), bytes.Length - 8);
        return bytes;
    }

    private static void WriteChunk(MemoryStream file, string name, byte[] content)
    {
        var size = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(size, content.Length);
        file.Write(Encoding.ASCII.GetBytes(name));
        file.Write(size);
        file.Write(content);
        if (content.Length % 2 != 0)
        {
            file.WriteByte(0);
        }
    }
}
