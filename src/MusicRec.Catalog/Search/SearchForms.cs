using System.Globalization;
using System.Text;

namespace MusicRec.Catalog.Search;

/// <summary>
/// The forms in which texts and queries are compared, so that plain "contains" in any database finds what people type: spacing,
/// case, accents and marks do not count, initial consonants and romanised words find Korean.
/// </summary>
internal static class SearchForms
{
    /// <summary>Changes with what this class makes: stored texts of another version are made anew at the next start.</summary>
    public const string Version = "1";

    // A romanised word of two letters is part of too many others.
    private const int LeastRomanised = 3;

    private const char Between = '\n';

    /// <summary>
    /// What is searched by letters and by initial consonants. Artist and title stand together in both orders, so that a query may
    /// run them together, too.
    /// </summary>
    public static string TextOf(string title, string artist, string album, string fileName)
    {
        var (foldedTitle, foldedArtist) = (Fold(title), Fold(artist));
        var name = foldedArtist.Length > 0 ? foldedArtist + foldedTitle + foldedArtist : foldedTitle;
        var texts = new[] { name, Fold(album), Fold(fileName) }.Where(text => text.Length > 0).ToList();
        var initials = texts.Take(2).Select(Hangul.InitialsOf).Except(texts);
        return string.Join(Between, texts.Concat(initials));
    }

    /// <summary>What is searched by Korean in Latin letters; empty if nothing is Korean.</summary>
    public static string SoundOf(string title, string artist, string album) => string.Join(
        Between, new[] { artist, title, album }.Where(text => text.Any(Hangul.IsSyllable)).SelectMany(RomanisedFormsOf).Distinct());

    /// <summary>The words of a query, at most <paramref name="most"/>; a word without letters, digits or signs says nothing.</summary>
    public static IEnumerable<SearchWord> WordsOf(string query, int most) => query
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .Select(Fold)
        .Where(word => word.Length > 0)
        .Distinct()
        .Take(most)
        .Select(WordOf);

    /// <summary>Lower case, full-width and accented letters as plain ones, without spaces and marks (which stay if there is nothing else).</summary>
    internal static string Fold(string text)
    {
        var plain = Plain(text);
        var letters = Keep(plain, category => !IsSpace(category) && !IsMark(category));
        return letters.Length > 0 ? letters : Keep(plain, category => !IsSpace(category));
    }

    private static SearchWord WordOf(string word)
    {
        if (word.Any(Hangul.IsConsonant))
        {
            var syllables = string.Concat(word.Select(letter => Hangul.IsConsonant(letter) ? ' ' : letter));
            return new SearchWord([Hangul.InitialsOf(word), .. syllables.Split(' ', StringSplitOptions.RemoveEmptyEntries)], null);
        }

        return new SearchWord([word], word.Length >= LeastRomanised && word.All(char.IsAsciiLetter) ? word : null);
    }

    /// <summary>Word by word, as nothing is joined in speech across a space, then without the spaces.</summary>
    private static IEnumerable<string> RomanisedFormsOf(string text)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Fold).ToList();
        yield return string.Concat(words.Select(Romanization.OfSounds));
        yield return string.Concat(words.Select(Romanization.OfSyllables));
    }

    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var letter in Hangul.SeparateConsonants(text.Normalize(NormalizationForm.FormC)))
        {
            // Normalising would turn consonants that stand alone into parts of syllables.
            plain.Append(Hangul.IsSyllable(letter) || Hangul.IsConsonant(letter) || char.IsSurrogate(letter) ? letter.ToString() : WithoutAccent(letter));
        }

        return plain.ToString().Normalize(NormalizationForm.FormC).ToLowerInvariant();
    }

    private static string WithoutAccent(char letter) => string.Concat(
        letter.ToString().Normalize(NormalizationForm.FormKD).Where(part => part is < '\u0300' or > '\u036F'));

    private static string Keep(string text, Func<UnicodeCategory, bool> keep)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes().Where(rune => keep(Rune.GetUnicodeCategory(rune))))
        {
            kept.Append(rune.ToString());
        }

        return kept.ToString();
    }

    private static bool IsSpace(UnicodeCategory category) => category is UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Control or UnicodeCategory.DashPunctuation or UnicodeCategory.ConnectorPunctuation;

    private static bool IsMark(UnicodeCategory category) => category is UnicodeCategory.OpenPunctuation or UnicodeCategory.ClosePunctuation
        or UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation or UnicodeCategory.OtherPunctuation;
}

/// <summary>A word of a query.</summary>
/// <param name="Parts">All of these stand in the text of a song that is meant...</param>
/// <param name="Sound">...or this in its romanised form; null if the word is no romanised one.</param>
internal sealed record SearchWord(IReadOnlyList<string> Parts, string? Sound);
