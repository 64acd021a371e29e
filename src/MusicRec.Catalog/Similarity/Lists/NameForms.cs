using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MusicRec.Catalog.Similarity.Lists;

/// <summary>
/// The forms in which names are compared to tell whether two songs are by one artist, or two versions of one song. Case, spaces,
/// marks and accents do not count; neither do remarks that say which version it is (live, remastered, 라이브, MR) or who sings along.
/// </summary>
internal static partial class NameForms
{
    /// <summary>The form of no name at all: it equals no other.</summary>
    public const ulong None = 0;

    private const ulong HashStart = 14695981039346656037;
    private const ulong HashFactor = 1099511628211;

    /// <summary>The form of an artist without guests; <see cref="None"/> if there is no artist.</summary>
    public static ulong OfArtist(string artist) => Hash(Fold(WithoutGuests(artist)));

    /// <summary>The form of a title without remarks on the version; <see cref="None"/> if there is no title.</summary>
    public static ulong OfTitle(string title) => Hash(Fold(WithoutRemarks(title)));

    /// <summary>A title without what says only which version it is. Other brackets stay: part 1 and part 2 are two songs.</summary>
    internal static string WithoutRemarks(string title)
    {
        var plain = title.Normalize(NormalizationForm.FormKC);
        var bare = WithoutGuests(Bracket().Replace(plain, match => IsRemark(match.Value) ? " " : match.Value));
        var dash = Dash().Match(bare);
        return dash.Success && IsRemark(bare[dash.Index..]) ? bare[..dash.Index] : bare;
    }

    private static string WithoutGuests(string name)
    {
        var guests = Guests().Match(name);
        return guests is { Success: true, Index: > 0 } ? name[..guests.Index] : name;
    }

    private static bool IsRemark(string text) => VersionWord().IsMatch(text) || Guests().IsMatch(text);

    /// <summary>Letters and digits, lower case, without accents; whatever there is if there are none.</summary>
    private static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        var plain = text.Normalize(NormalizationForm.FormKD).ToLowerInvariant();
        foreach (var letter in plain)
        {
            if (char.IsLetterOrDigit(letter) || char.GetUnicodeCategory(letter) is UnicodeCategory.Surrogate or UnicodeCategory.SpacingCombiningMark)
            {
                folded.Append(letter);
            }
        }

        return folded.Length > 0 ? folded.ToString() : plain.Trim();
    }

    /// <summary>FNV-1a in 64 bits: of a million names, two have the same once in 37 million catalogs.</summary>
    private static ulong Hash(string form)
    {
        if (form.Length == 0)
        {
            return None;
        }

        var hash = HashStart;
        foreach (var letter in form)
        {
            hash = (hash ^ letter) * HashFactor;
        }

        return hash == None ? HashStart : hash;
    }

    [GeneratedRegex(@"[(\[{【「〈《][^()\[\]{}【】「」〈〉《》]*[)\]}】」〉》]")]
    private static partial Regex Bracket();

    [GeneratedRegex(@"\s[-–—~]\s[^-–—~]*$")]
    private static partial Regex Dash();

    [GeneratedRegex(@"(?:^|[\s(\[{])(?:feat|ft|featuring|with|피처링)\b[.:]?\s*\S", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Guests();

    [GeneratedRegex(
        @"(?<!\p{L})(?:live|remaster(?:ed|ing)?|ver|version|mix|remix(?:ed)?|edit|inst|instrumental|mr|ar|acoustic|unplugged|demo|mono|stereo|karaoke|bonus\s+track|explicit|clean)(?!\p{L})"
        + "|라이브|버전|버젼|리마스터|리믹스|반주|어쿠스틱|연주곡|데모|노래방",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex VersionWord();
}
