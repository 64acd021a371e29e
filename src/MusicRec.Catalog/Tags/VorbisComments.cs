using System.Text;

namespace MusicRec.Catalog.Tags;

/// <summary>The comments of FLAC, Ogg Vorbis and Opus, and FLAC's pictures.</summary>
internal static class VorbisComments
{
    private const int MostComments = 1000;

    public static void Read(ReadOnlySpan<byte> bytes, FoundTags found)
    {
        var rest = new TagSpan(bytes);
        rest.Take(rest.TakeLittleEndian());
        var count = Math.Min(rest.TakeLittleEndian(), MostComments);
        for (var i = 0; i < count; i++)
        {
            ReadComment(rest.Take(rest.TakeLittleEndian()), found);
        }
    }

    public static void ReadPicture(ReadOnlySpan<byte> bytes, FoundTags found)
    {
        var rest = new TagSpan(bytes);
        var type = rest.TakeBigEndian();
        rest.Take(rest.TakeBigEndian());
        rest.Take(rest.TakeBigEndian());
        rest.Take(16);
        found.AddPicture(type, rest.Take(rest.TakeBigEndian()));
    }

    private static void ReadComment(ReadOnlySpan<byte> comment, FoundTags found)
    {
        var equals = comment.IndexOf((byte)'=');
        if (equals <= 0)
        {
            return;
        }

        var name = Encoding.ASCII.GetString(comment[..equals]).ToUpperInvariant();
        if (name != "METADATA_BLOCK_PICTURE")
        {
            found.Add(name, TagText.Utf8(comment[(equals + 1)..]));
        }
        else if (TryFromBase64(comment[(equals + 1)..]) is { } picture)
        {
            ReadPicture(picture, found);
        }
    }

    private static byte[]? TryFromBase64(ReadOnlySpan<byte> text)
    {
        try
        {
            return Convert.FromBase64String(Encoding.ASCII.GetString(text));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
