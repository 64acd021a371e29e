using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using MusicRec.Catalog.Map;

namespace MusicRec.Web.Features.Map;

/// <summary>
/// The points of a map for the browser: length of a JSON head (4 bytes), the head padded with spaces to whole 4 bytes, then of all points
/// x (two bytes each), y (two bytes each) and group (one byte each); numbers with the low byte first.
/// </summary>
internal sealed class MapFile
{
    private const int Alignment = 4;

    private MapFile(SongMap map, byte[] plain)
    {
        Map = map;
        Plain = plain;
        Brotli = Compress(plain, stream => new BrotliStream(stream, new BrotliCompressionOptions { Quality = 5 }));
        Gzip = Compress(plain, stream => new GZipStream(stream, CompressionLevel.Fastest));
        EntityTag = Convert.ToHexStringLower(SHA256.HashData(plain).AsSpan(0, 12));
    }

    public SongMap Map { get; }

    public byte[] Plain { get; }

    public byte[] Brotli { get; }

    public byte[] Gzip { get; }

    /// <summary>Of the content: the same points have the same one in every process.</summary>
    public string EntityTag { get; }

    public static MapFile Of(SongMap map)
    {
        var head = JsonSerializer.SerializeToUtf8Bytes(
            new { map.Tag, map.Version, map.Count, Groups = map.Groups.Select(group => GroupKey(group)) }, JsonSerializerOptions.Web);
        var padded = (head.Length + Alignment - 1) / Alignment * Alignment;
        using var file = new MemoryStream(sizeof(int) + padded + (5 * map.Count));
        file.Write(BitConverter.GetBytes(padded));
        file.Write(head);
        file.Write("    "u8[..(padded - head.Length)]);
        file.Write(MemoryMarshal.AsBytes(map.X));
        file.Write(MemoryMarshal.AsBytes(map.Y));
        file.Write(map.GroupOfPoint);
        return new MapFile(map, file.ToArray());
    }

    /// <summary>How page and file name a group.</summary>
    public static string GroupKey(MapGroup group) => group.Kind == MapGroupKind.Genre ? $"genre:{group.Label}" : group.Kind.ToString();

    private static byte[] Compress(byte[] plain, Func<Stream, Stream> open)
    {
        using var compressed = new MemoryStream();
        using (var stream = open(compressed))
        {
            stream.Write(plain);
        }

        return compressed.ToArray();
    }
}

/// <summary>Keeps the file of the map that was asked for last.</summary>
public sealed class MapFiles
{
    private volatile MapFile? _last;

    internal MapFile Get(SongMap map)
    {
        if (_last is not { } last || last.Map != map)
        {
            _last = last = MapFile.Of(map);
        }

        return last;
    }
}
