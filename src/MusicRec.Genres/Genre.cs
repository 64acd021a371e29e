using System.Text;

namespace MusicRec.Genres;

/// <summary>One of the eight genres of the product. Models may have other labels; these are the ones with translated names.</summary>
/// <param name="Name">English name and label in models and data sets, e.g. <c>Ballad</c>.</param>
/// <param name="KoreanName">Korean name, e.g. 발라드.</param>
public sealed record Genre(string Name, string KoreanName)
{
    /// <summary>Spellings met in folder names and data sets, folded as <see cref="Fold"/> does.</summary>
    private static readonly Dictionary<string, string> Spellings = new()
    {
        ["발라드"] = "Ballad",
        ["ballad"] = "Ballad",
        ["ballads"] = "Ballad",
        ["ball"] = "Ballad",
        ["댄스"] = "Dance",
        ["dance"] = "Dance",
        ["dancepop"] = "Dance",
        ["포크"] = "Folk",
        ["folk"] = "Folk",
        ["포크블루스"] = "Folk",
        ["힙합"] = "Hiphop",
        ["hiphop"] = "Hiphop",
        ["hip"] = "Hiphop",
        ["rap"] = "Hiphop",
        ["랩"] = "Hiphop",
        ["랩힙합"] = "Hiphop",
        ["인디"] = "Indie",
        ["indie"] = "Indie",
        ["indi"] = "Indie",
        ["인디음악"] = "Indie",
        ["알앤비"] = "RnB",
        ["rnb"] = "RnB",
        ["randb"] = "RnB",
        ["rb"] = "RnB",
        ["알앤비소울"] = "RnB",
        ["rbsoul"] = "RnB",
        ["rnbsoul"] = "RnB",
        ["록"] = "Rock",
        ["락"] = "Rock",
        ["rock"] = "Rock",
        ["록메탈"] = "Rock",
        ["트로트"] = "Trot",
        ["트롯"] = "Trot",
        ["trot"] = "Trot",
        ["troat"] = "Trot",
        ["teuroteu"] = "Trot",
    };

    /// <summary>The eight genres in the order used everywhere.</summary>
    public static IReadOnlyList<Genre> All { get; } =
    [
        new("Ballad", "발라드"), new("Dance", "댄스"), new("Folk", "포크"), new("Hiphop", "힙합"),
        new("Indie", "인디"), new("RnB", "알앤비"), new("Rock", "록"), new("Trot", "트로트"),
    ];

    /// <summary>
    /// The label of a genre written in Korean or English in any common way (알앤비, R&amp;B, rnb; hip-hop; 락; troat),
    /// or null if it is none of the eight.
    /// </summary>
    public static string? Canonical(string name) => Spellings.GetValueOrDefault(Fold(name));

    /// <summary>The label to store for what a person wrote: the canonical one, else the words themselves; null for nothing.</summary>
    public static string? LabelOf(string? written)
    {
        if (string.IsNullOrWhiteSpace(written))
        {
            return null;
        }

        return Canonical(written) ?? written.Trim().Normalize(NormalizationForm.FormC);
    }

    /// <summary>Labels in the order used everywhere: the eight genres first, others by their name.</summary>
    public static IReadOnlyList<string> Order(IEnumerable<string> labels) =>
        [.. labels.Distinct().OrderBy(Rank).ThenBy(label => label, StringComparer.Ordinal)];

    private static int Rank(string label)
    {
        for (var i = 0; i < All.Count; i++)
        {
            if (All[i].Name == label)
            {
                return i;
            }
        }

        return All.Count;
    }

    /// <summary>Composes Hangul, drops case, spaces and punctuation: <c>R &amp; B</c> becomes <c>rb</c>.</summary>
    private static string Fold(string name)
    {
        var folded = new StringBuilder(name.Length);
        foreach (var character in name.Normalize(NormalizationForm.FormC))
        {
            if (char.IsLetterOrDigit(character))
            {
                folded.Append(char.ToLowerInvariant(character));
            }
        }

        return folded.ToString();
    }
}
