using System.Text;

namespace MusicRec.Catalog.Search;

/// <summary>Korean syllables and the letters they are made of.</summary>
internal static class Hangul
{
    /// <summary>Initial consonants in the order of Unicode, as they are typed alone.</summary>
    private const string Initials = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";

    private const char FirstSyllable = '가';
    private const char LastSyllable = '힣';
    private const char FirstConjoiningInitial = 'ᄀ';

    private const int VowelCount = 21;
    private const int FinalCount = 28;

    /// <summary>What keyboards make of two consonants typed one after the other.</summary>
    private static readonly Dictionary<char, string> Clusters = new()
    {
        ['ㄳ'] = "ㄱㅅ",
        ['ㄵ'] = "ㄴㅈ",
        ['ㄶ'] = "ㄴㅎ",
        ['ㄺ'] = "ㄹㄱ",
        ['ㄻ'] = "ㄹㅁ",
        ['ㄼ'] = "ㄹㅂ",
        ['ㄽ'] = "ㄹㅅ",
        ['ㄾ'] = "ㄹㅌ",
        ['ㄿ'] = "ㄹㅍ",
        ['ㅀ'] = "ㄹㅎ",
        ['ㅄ'] = "ㅂㅅ",
    };

    public static bool IsSyllable(char letter) => letter is >= FirstSyllable and <= LastSyllable;

    /// <summary>Whether a letter is a consonant typed alone.</summary>
    public static bool IsConsonant(char letter) => Initials.Contains(letter, StringComparison.Ordinal);

    /// <summary>Numbers of initial (0 to 18), vowel (0 to 20) and final (0: none, to 27), in the order of Unicode.</summary>
    /// <param name="syllable">One for which <see cref="IsSyllable"/> holds.</param>
    public static (int Initial, int Vowel, int Final) Split(char syllable)
    {
        var number = syllable - FirstSyllable;
        return (number / (VowelCount * FinalCount), number / FinalCount % VowelCount, number % FinalCount);
    }

    /// <summary>Every syllable replaced by its initial consonant; everything else stays: <c>ㅂㄹㄷ 2</c> for <c>발라드 2</c>.</summary>
    public static string InitialsOf(string text) =>
        string.Create(text.Length, text, (initials, from) =>
        {
            for (var i = 0; i < from.Length; i++)
            {
                initials[i] = IsSyllable(from[i]) ? Initials[Split(from[i]).Initial] : from[i];
            }
        });

    /// <summary>Consonants typed alone as single letters of the common kind, whichever keyboard made them.</summary>
    public static string SeparateConsonants(string text)
    {
        var letters = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (Clusters.TryGetValue(letter, out var pair))
            {
                letters.Append(pair);
            }
            else
            {
                var conjoining = letter - FirstConjoiningInitial;
                letters.Append(conjoining >= 0 && conjoining < Initials.Length ? Initials[conjoining] : letter);
            }
        }

        return letters.ToString();
    }
}
