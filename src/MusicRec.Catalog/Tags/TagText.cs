using System.Text;

namespace MusicRec.Catalog.Tags;

/// <summary>Texts of tags, in the encodings that they say, and in those that they do not.</summary>
internal static class TagText
{
    // A title of 200 letters is long; what is longer is no text.
    private const int MostBytes = 16 << 10;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>UTF-8 where a format demands it; programs that wrote something else instead are understood.</summary>
    public static string Utf8(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return MojibakeRepair.Repair(StrictUtf8.GetString(Shorten(bytes)));
        }
        catch (DecoderFallbackException)
        {
            return MojibakeRepair.Decode(Shorten(bytes));
        }
    }

    /// <summary>Single bytes whose encoding nobody tells, up to the first zero.</summary>
    public static string Unknown(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)0);
        return MojibakeRepair.Decode(Shorten(end < 0 ? bytes : bytes[..end]));
    }

    /// <summary>A text of ID3v2: several values are written one after the other.</summary>
    /// <param name="encoding">0: single bytes, 1: UTF-16 with a mark, 2: UTF-16 big-endian, 3: UTF-8.</param>
    /// <param name="bytes">The text.</param>
    public static string Id3(byte encoding, ReadOnlySpan<byte> bytes)
    {
        var values = new List<string>();
        var rest = new TagSpan(Shorten(bytes));
        while (rest.Rest.Length > 0)
        {
            var value = rest.TakeText(encoding is 1 or 2 ? 2 : 1);
            values.Add(encoding switch
            {
                1 => MojibakeRepair.Repair(Utf16(value)),
                2 => MojibakeRepair.Repair(Encoding.BigEndianUnicode.GetString(value)),
                3 => Utf8(value),
                _ => MojibakeRepair.Decode(value),
            });
        }

        return string.Join(", ", values.Where(value => !string.IsNullOrWhiteSpace(value)));
    }

    private static string Utf16(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xFE, 0xFF, .. var rest] => Encoding.BigEndianUnicode.GetString(rest),
        [0xFF, 0xFE, .. var rest] => Encoding.Unicode.GetString(rest),
        _ => Encoding.Unicode.GetString(bytes),
    };

    private static ReadOnlySpan<byte> Shorten(ReadOnlySpan<byte> bytes) => bytes[..Math.Min(bytes.Length, MostBytes)];
}
