using System.Text;

namespace MusicRec.Catalog.Search;

/// <summary>Korean in Latin letters by the Revised Romanization of 2000, without hyphens.</summary>
internal static class Romanization
{
    private const int SilentInitial = 11;
    private const int Rieul = 5;
    private const int VowelI = 20;
    private const int Hieut = 27;

    private static readonly string[] Initials =
        ["g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"];

    private static readonly string[] Vowels =
        ["a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "eu", "ui", "i"];

    /// <summary>Each final by itself (27 of Unicode's order after "none"): how it sounds at the end of a word.</summary>
    private static readonly string[] Codas =
    [
        "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t", "ng", "t", "t", "k", "t", "p", "t",
    ];

    /// <summary>What stays of a final before a vowel, and what moves on to the next syllable. ㅎ is silent there, ㅇ stays.</summary>
    private static readonly (string Stays, string Moves)[] Linked =
    [
        ("", ""), ("", "g"), ("", "kk"), ("k", "s"), ("", "n"), ("n", "j"), ("", "n"), ("", "d"), ("", "r"), ("l", "g"), ("l", "m"), ("l", "b"),
        ("l", "s"), ("l", "t"), ("l", "p"), ("", "r"), ("", "m"), ("", "b"), ("p", "s"), ("", "s"), ("", "ss"), ("ng", ""), ("", "j"), ("", "ch"),
        ("", "k"), ("", "t"), ("", "p"), ("", ""),
    ];

    /// <summary>By pronunciation, as the rules want it for words: <c>독립</c> is <c>dongnip</c>, <c>좋은</c> <c>joeun</c>.</summary>
    public static string OfSounds(string text) => Write(text, Join);

    /// <summary>Syllable by syllable, as the rules want it for people's names and as many write anything: <c>독립</c> is <c>dokrip</c>.</summary>
    public static string OfSyllables(string text) => Write(text, (final, initial, _) =>
        (final == Hieut && initial == SilentInitial ? "h" : Codas[final]) + Initials[initial]);

    /// <param name="text">Any text; what is no syllable stays as it is.</param>
    /// <param name="join">Letters for a final, the initial after it, and the vowel after that.</param>
    private static string Write(string text, Func<int, int, int, string> join)
    {
        var letters = new StringBuilder(text.Length * 3);
        int? open = null;
        foreach (var letter in text)
        {
            if (!Hangul.IsSyllable(letter))
            {
                letters.Append(Codas[open ?? 0]).Append(letter);
                open = null;
                continue;
            }

            var (initial, vowel, final) = Hangul.Split(letter);
            letters.Append(open is { } before ? join(before, initial, vowel) : Initials[initial]).Append(Vowels[vowel]);
            open = final;
        }

        return letters.Append(Codas[open ?? 0]).ToString();
    }

    private static string Join(int final, int initial, int vowel)
    {
        if (final == 0)
        {
            return Initials[initial];
        }

        if (initial == SilentInitial)
        {
            return (final, vowel) switch
            {
                (7, VowelI) => "j",
                (25, VowelI) => "ch",
                (13, VowelI) => "lch",
                _ => Linked[final].Stays + Linked[final].Moves,
            };
        }

        return HasHieut(final) ? JoinHieut(final, initial) : Assimilate(Codas[final], initial);
    }

    /// <summary>ㅎ, ㄶ and ㅀ.</summary>
    private static bool HasHieut(int final) => final is Hieut or 6 or 15;

    /// <summary>ㅎ sharpens ㄱ, ㄷ and ㅈ and vanishes before the rest.</summary>
    private static string JoinHieut(int final, int initial)
    {
        var stays = final == Hieut ? "" : Codas[final];
        return initial switch
        {
            0 => stays + "k",
            3 => stays + "t",
            12 => stays + "ch",
            9 => stays + "ss",
            2 when final == Hieut => "nn",
            _ => stays.Length == 0 ? Initials[initial] : Assimilate(stays, initial),
        };
    }

    /// <summary>Neighbours of ㄴ, ㄹ and ㅁ grow alike.</summary>
    private static string Assimilate(string coda, int initial) => (coda, initial) switch
    {
        ("k", 2 or Rieul) => "ngn",
        ("k", 6) => "ngm",
        ("t", 2 or Rieul) => "nn",
        ("t", 6) => "nm",
        ("p", 2 or Rieul) => "mn",
        ("p", 6) => "mm",
        ("m" or "ng", Rieul) => coda + "n",
        ("n" or "l", Rieul) or ("l", 2) => "ll",
        _ => coda + Initials[initial],
    };
}
