using System.Buffers.Binary;
using System.Text;

namespace MusicRec.Catalog.Tags;

/// <summary>The item list of MP4 files (M4A): <c>moov/udta/meta/ilst</c>.</summary>
internal static class Mp4Tags
{
    private const int HeaderBytes = 8;

    private sealed record Box(string Name, long Start, long End);

    public static void Read(TagInput input, FoundTags found)
    {
        var moov = Find(input, 0, input.Length, "moov");
        var udta = Find(input, moov.Start, moov.End, "udta");
        var meta = Find(input, udta.Start, udta.End, "meta");
        var ilst = Find(input, meta.Start + 4, meta.End, "ilst");
        foreach (var item in Boxes(input, ilst.Start, ilst.End))
        {
            if (item.Name is "covr" or "aART" || item.Name[0] == '©')
            {
                ReadItem(input, item, found);
            }
        }
    }

    private static void ReadItem(TagInput input, Box item, FoundTags found)
    {
        foreach (var data in Boxes(input, item.Start, item.End).Where(box => box.Name == "data"))
        {
            // Type and language stand before the value.
            var value = data.End - data.Start - 8;
            if (value < 0)
            {
                throw new InvalidDataException();
            }

            if (item.Name == "covr" && value <= CoverPicture.MaxBytes)
            {
                found.AddPicture(3, input.Read(data.Start + 8, value));
            }
            else if (item.Name != "covr")
            {
                found.Add(item.Name, TextOf(input.Read(data.Start, 8 + Math.Min(value, 1 << 16))));
            }
        }
    }

    private static string TextOf(byte[] data) =>
        data[3] == 2 ? Encoding.BigEndianUnicode.GetString(data, 8, data.Length - 8) : TagText.Utf8(data.AsSpan(8));

    private static Box Find(TagInput input, long start, long end, string name) =>
        Boxes(input, start, end).FirstOrDefault(box => box.Name == name) ?? throw new InvalidDataException();

    private static IEnumerable<Box> Boxes(TagInput input, long start, long end)
    {
        while (end - start >= HeaderBytes)
        {
            var header = input.Read(start, HeaderBytes);
            long size = BinaryPrimitives.ReadUInt32BigEndian(header);
            var headerBytes = HeaderBytes;
            if (size == 1)
            {
                size = BinaryPrimitives.ReadInt64BigEndian(input.Read(start + HeaderBytes, 8));
                headerBytes += 8;
            }

            var next = size == 0 ? end : start + size;
            if (next < start + headerBytes || next > end)
            {
                throw new InvalidDataException();
            }

            yield return new Box(Encoding.Latin1.GetString(header, 4, 4), start + headerBytes, next);
            start = next;
        }
    }
}
