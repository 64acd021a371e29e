using System.Buffers.Binary;
using System.Text;

namespace MusicRec.Catalog.Tags;

/// <summary>Chunks of WAV (list <c>INFO</c>, ID3) and of AIFF (name, author, ID3).</summary>
internal static class ChunkTags
{
    private const int HeaderBytes = 8;
    private const int FormBytes = 12;

    private sealed record Chunk(string Name, long Start, long Size);

    public static void ReadWav(TagInput input, FoundTags found)
    {
        var chunks = Chunks(input, FormBytes, input.Length, isBigEndian: false).ToList();
        ReadId3(input, chunks, found);
        foreach (var list in chunks.Where(chunk => chunk.Name == "LIST" && chunk.Size >= 4 && IsInfo(input.Read(chunk.Start, 4))))
        {
            ReadTexts(input, Chunks(input, list.Start + 4, list.Start + list.Size, isBigEndian: false), found);
        }
    }

    public static void ReadAiff(TagInput input, FoundTags found)
    {
        var chunks = Chunks(input, FormBytes, input.Length, isBigEndian: true).ToList();
        ReadId3(input, chunks, found);
        ReadTexts(input, chunks.Where(chunk => chunk.Name is "NAME" or "AUTH"), found);
    }

    private static bool IsInfo(byte[] type) => type.AsSpan().SequenceEqual("INFO"u8);

    private static void ReadId3(TagInput input, IEnumerable<Chunk> chunks, FoundTags found)
    {
        foreach (var chunk in chunks.Where(chunk => chunk.Name.Equals("id3 ", StringComparison.OrdinalIgnoreCase)))
        {
            Id3v2.Read(input, chunk.Start, found);
        }
    }

    private static void ReadTexts(TagInput input, IEnumerable<Chunk> chunks, FoundTags found)
    {
        foreach (var chunk in chunks)
        {
            found.Add(chunk.Name, TagText.Unknown(input.ReadAtMost(chunk.Start, Math.Min(chunk.Size, 1 << 16))));
        }
    }

    /// <summary>The chunks as far as their sizes can be believed; recorders leave wrong ones.</summary>
    private static IEnumerable<Chunk> Chunks(TagInput input, long start, long end, bool isBigEndian)
    {
        long? dataBytes = null;
        while (end - start >= HeaderBytes)
        {
            var header = input.Read(start, HeaderBytes);
            var name = Encoding.Latin1.GetString(header, 0, 4);
            long size = isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4)) : BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(4));
            start += HeaderBytes;
            if (name == "ds64" && size >= 16)
            {
                dataBytes = BinaryPrimitives.ReadInt64LittleEndian(input.Read(start + 8, 8));
            }

            size = name == "data" && size == uint.MaxValue && dataBytes is >= 0 ? dataBytes.Value : size;
            if (size > end - start)
            {
                yield break;
            }

            yield return new Chunk(name, start, size);
            start += size + (size & 1);
        }
    }
}
