namespace MusicRec.Catalog.Tags;

/// <summary>The last 128 bytes of an old MP3 file.</summary>
internal static class Id3v1
{
    private const int TagBytes = 128;
    private const int FieldBytes = 30;
    private const int YearBytes = 4;

    public static void Read(TagInput input, FoundTags found)
    {
        var tag = new TagSpan(input.Read(input.Length - TagBytes, TagBytes));
        if (!tag.Take(3).SequenceEqual("TAG"u8))
        {
            return;
        }

        foreach (var name in (string[])["TITLE", "ARTIST", "ALBUM"])
        {
            found.Add(name, TextOf(tag.Take(FieldBytes)));
        }

        found.Add("YEAR", TagText.Unknown(tag.Take(YearBytes)));
    }

    /// <summary>A full field may have been cut in the middle of a letter.</summary>
    private static string TextOf(ReadOnlySpan<byte> field)
    {
        if (!field.Contains((byte)0) && field[^1] >= 0x80 && !KoreanBytes.AreBeyondDoubt(field) && KoreanBytes.AreBeyondDoubt(field[..^1]))
        {
            field = field[..^1];
        }

        return TagText.Unknown(field);
    }
}
