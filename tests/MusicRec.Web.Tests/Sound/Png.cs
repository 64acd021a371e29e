using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace MusicRec.Web.Tests.Sound;

/// <summary>Reads pictures with a palette, as the standard says, and checks every sum on the way.</summary>
internal static class Png
{
    public static (int Width, int Height, byte[] Palette, byte[] Pixels) Read(byte[] png)
    {
        Assert.Equal([137, 80, 78, 71, 13, 10, 26, 10], png[..8]);
        var chunks = new Dictionary<string, byte[]>();
        for (var at = 8; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            Assert.Equal(Crc(png.AsSpan(at + 4, 4 + length)), BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at + 8 + length)));
            chunks.Add(Encoding.ASCII.GetString(png, at + 4, 4), png[(at + 8)..(at + 8 + length)]);
            at += 12 + length;
        }

        Assert.Equal(["IHDR", "PLTE", "IDAT", "IEND"], chunks.Keys);
        Assert.Equal([8, 3, 0, 0, 0], chunks["IHDR"][8..]);
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(chunks["IHDR"]), BinaryPrimitives.ReadInt32BigEndian(chunks["IHDR"].AsSpan(4)));
        using var zlib = new ZLibStream(new MemoryStream(chunks["IDAT"]), CompressionMode.Decompress);
        using var raw = new MemoryStream();
        zlib.CopyTo(raw);
        var lines = raw.ToArray().Chunk(1 + width).ToList();
        Assert.Equal(height, lines.Count);
        Assert.All(lines, line => Assert.Equal(0, line[0]));
        return (width, height, chunks["PLTE"], [.. lines.SelectMany(line => line[1..])]);
    }

    /// <summary>Bit by bit, as the standard defines it.</summary>
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }
        }

        return ~crc;
    }
}
