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

    /// <summary>An item list of MP4, alone in its boxes: no sound.</summary>
    public static byte[] Mp4(params (string Name, byte[] Content)[] items)
    {
        byte[] list = [.. items.SelectMany(item => Box(item.Name, item.Content))];
        return [.. Box("ftyp", "M4A "u8), .. Box("moov", Box("udta", Box("meta", [0, 0, 0, 0, .. Box("ilst", list)])))];
    }

    public static byte[] Mp4Text(string text) => Box("data", [0, 0, 0, 1, 0, 0, 0, 0, .. Encoding.UTF8.GetBytes(text)]);

    public static byte[] Mp4Picture(ReadOnlySpan<byte> picture) => Box("data", [0, 0, 0, 14, 0, 0, 0, 0, .. picture]);

    /// <summary>The first two packets of an Opus file; no sound.</summary>
    public static byte[] Opus(string title, string artist, byte[] picture)
    {
        byte[] block = [.. BigEndian(3), .. BigEndian(9), .. "image/png"u8, .. BigEndian(0), .. new byte[16], .. BigEndian(picture.Length), .. picture];
        byte[][] comments = [.. ((string[])[$"TITLE={title}", $"ARTIST={artist}", $"METADATA_BLOCK_PICTURE={Convert.ToBase64String(block)}"]).Select(Encoding.UTF8.GetBytes)];
        return [.. Pages([.. "OpusHead"u8, .. new byte[11]]), .. Pages([.. "OpusTags"u8, .. Comments(comments)])];
    }

    private static byte[] Comments(byte[][] comments) =>
        [.. new byte[4], .. LittleEndian(comments.Length), .. comments.SelectMany(comment => (byte[])[.. LittleEndian(comment.Length), .. comment])];

    /// <summary>A packet in as many pages of Ogg as it needs.</summary>
    private static byte[] Pages(byte[] packet)
    {
        byte[] sizes = [.. Enumerable.Repeat(byte.MaxValue, packet.Length / byte.MaxValue), (byte)(packet.Length % byte.MaxValue)];
        var pages = new MemoryStream();
        var rest = packet.AsSpan();
        foreach (var page in sizes.Chunk(byte.MaxValue))
        {
            var bytes = page.Sum(size => size);
            pages.Write([.. "OggS"u8, .. new byte[22], (byte)page.Length, .. page, .. rest[..bytes]]);
            rest = rest[bytes..];
        }

        return pages.ToArray();
    }

    private static byte[] Box(string name, ReadOnlySpan<byte> content) => [.. BigEndian(8 + content.Length), .. Encoding.Latin1.GetBytes(name), .. content];

    private static byte[] BigEndian(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] LittleEndian(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
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
