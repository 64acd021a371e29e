using System.Globalization;
using System.Text;

namespace MusicRec.Catalog;

/// <summary>Artist and title of a song.</summary>
/// <param name="Artist">Empty when unknown.</param>
/// <param name="Title">Never empty.</param>
public sealed record SongName(string Artist, string Title);

/// <summary>Makes names from outside fit to store, show and search.</summary>
public static class SongNames
{
    /// <summary>Most UTF-16 units of a title, an artist or a file name.</summary>
    public const int MaxLength = 200;

    /// <summary>Most UTF-16 units of a genre.</summary>
    public const int MaxGenreLength = 100;

    private const string Unnamed = "audio";

    /// <summary>
    /// A file name as it may be stored and shown: its last path segment, composed to NFC, without control and direction
    /// characters, at most <see cref="MaxLength"/> units, never empty. It is still hostile text: encode it where it is shown.
    /// </summary>
    public static string CleanFileName(string fileName)
    {
        var name = Clean(fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..], MaxLength);
        return name.Length > 0 ? name : Unnamed;
    }

    /// <summary>Artist and title by the Korean habit <c>artist_title.wav</c>; without an underscore all is title.</summary>
    /// <param name="fileName">A name as <see cref="CleanFileName"/> makes it.</param>
    public static SongName Parse(string fileName)
    {
        var stem = Path.GetFileNameWithoutExtension(fileName).Trim();
        var underscore = stem.IndexOf('_', StringComparison.Ordinal);
        var artist = underscore < 0 ? "" : stem[..underscore].Trim();
        var title = stem[(underscore + 1)..].Trim();
        return title.Length > 0 ? new SongName(artist, title) : new SongName("", stem.Length > 0 ? stem : Unnamed);
    }

    /// <summary>Composed to NFC, without control and direction characters, trimmed, at most <paramref name="maxLength"/> units.</summary>
    public static string Clean(string text, int maxLength)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned) && rune != Rune.ReplacementChar)
            {
                kept.Append(rune.ToString());
            }
        }

        return Shorten(kept.ToString().Normalize(NormalizationForm.FormC).Trim(), maxLength);
    }

    /// <summary>The form in which cleaned texts and queries are compared: lower case.</summary>
    internal static string Searchable(string text) => text.ToLowerInvariant();

    /// <summary>Cuts between what a reader sees as characters.</summary>
    private static string Shorten(string text, int maxLength)
    {
        if (text.Length <= maxLength)
        {
            return text;
        }

        var end = 0;
        for (var next = 0; next <= maxLength; next += StringInfo.GetNextTextElementLength(text, next))
        {
            end = next;
        }

        // A single character made of more marks than fit is cut all the same.
        return (end > 0 ? text[..end] : text[..maxLength]).TrimEnd();
    }
}
