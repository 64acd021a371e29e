using System.Text;
using CsCheck;
using MusicRec.Catalog.Search;

namespace MusicRec.Catalog.Tests.Search;

public sealed class SearchFormsTests
{
    private static readonly Gen<string> Name = Gen.OneOf(
        Gen.String[Gen.Char['가', '힣'], 1, 8],
        Gen.String[Gen.Char['a', 'z'], 1, 8],
        Gen.String[Gen.Char['A', 'Z'], 1, 8]);

    [Theory]
    [InlineData("ㅂㄹㄷ")]
    [InlineData("발ㄹ")]
    [InlineData("발ㄹㄷ")]
    [InlineData("ㅂ라")]
    [InlineData("발라드")]
    [InlineData("ballad")]
    [InlineData("ballade")]
    [InlineData("BAL-LA-DEU")]
    [InlineData("발 라 드")]
    public void Contains_WaysToWriteAGenre_FindIt(string query) =>
        Assert.True(Finds(query, title: "슬픈 발라드"));

    [Theory]
    [InlineData("좋은날", true)]
    [InlineData("좋은 날", true)]
    [InlineData("아이유좋은날", true)]
    [InlineData("좋은날아이유", true)]
    [InlineData("날 아이유", true)]
    [InlineData("ㅇㅇㅇ ㅈㅇㄴ", true)]
    [InlineData("ㅇㅇㅇㅈㅇㄴ", true)]
    [InlineData("joeun nal", true)]
    [InlineData("joeunnal", true)]
    [InlineData("Joheun-nal", true)]
    [InlineData("aiyu", true)]
    [InlineData("real", true)]
    [InlineData("ＲＥＡＬ", true)]
    [InlineData("iu", false)]
    [InlineData("나쁜날", false)]
    [InlineData("ㅇㅇㅇㅂ", false)]
    public void Contains_Queries_FindWhatTheyMean(string query, bool finds) =>
        Assert.Equal(finds, Finds(query, "좋은 날", "아이유", "Real"));

    [Theory]
    [InlineData("Jóga", "Björk", "joga bjork")]
    [InlineData("AC/DC", "", "acdc")]
    [InlineData("Don't Stop", "", "dont stop")]
    [InlineData("Don't Stop", "", "don’t")]
    [InlineData("!!!", "", "!!!")]
    [InlineData("1+1", "", "1+1")]
    [InlineData("ㅋㅋㅋ", "", "ㅋㅋㅋ")]
    [InlineData("값진 것", "", "ㄱㅈ")]
    [InlineData("감사", "", "ㄳ")]
    [InlineData("지우개", "", "jiugae")]
    public void Contains_MarksAndAccents_DoNotCount(string title, string artist, string query) => Assert.True(Finds(query, title, artist));

    /// <summary>Two letters are part of too many romanised words.</summary>
    [Fact]
    public void Contains_TwoLetters_FindOnlyWhatIsWrittenSo()
    {
        Assert.False(Finds("iu", title: "지우개"));
        Assert.True(Finds("IU", title: "Palette", artist: "IU"));
    }

    [Fact]
    public void Contains_DecomposedQuery_FindsComposedName() => Name.Sample(name => Finds(name.Normalize(NormalizationForm.FormD), title: name));

    [Fact]
    public void Contains_NameWithSpacesCaseAndInitialsAnywhere_IsFound() =>
        Gen.Select(Name, Name, Gen.Int[0, 8]).Sample((title, artist, at) =>
        {
            var cut = Math.Min(at, title.Length);
            return Finds($"{title[..cut]} {title[cut..]}", title, artist)
                && Finds(title, $"{title[..cut]} {title[cut..]}", artist)
                && Finds(title.ToUpperInvariant(), title, artist)
                && Finds(artist + title, title, artist)
                && Finds(Hangul.InitialsOf(title), title, artist)
                && Finds(title[..cut] + Hangul.InitialsOf(title[cut..]), title, artist);
        });

    [Fact]
    public void Contains_RomanisedName_IsFound() => Gen.Select(Gen.String[Gen.Char['가', '힣'], 2, 8], Name).Sample((title, artist) =>
        Finds(Romanization.OfSounds(title), title, artist) && Finds(Romanization.OfSyllables(title), title, artist));

    [Fact]
    public void WordsOf_AnyCleanText_AreFewAndNeverEmpty() => Gen.String.Sample(text =>
    {
        var words = SearchForms.WordsOf(SongNames.Clean(text, SongNames.MaxLength), 10).ToList();
        return words.Count <= 10 && words.All(word => word.Parts.All(part => part.Length > 0));
    });

    private static bool Finds(string query, string title, string artist = "", string album = "")
    {
        var text = SearchForms.TextOf(title, artist, album, "");
        var sound = SearchForms.SoundOf(title, artist, album);
        var words = SearchForms.WordsOf(SongNames.Clean(query, SongNames.MaxLength), 10).ToList();
        return words.All(word => word.Parts.All(part => text.Contains(part, StringComparison.Ordinal))
            || (word.Sound is { } wanted && sound.Contains(wanted, StringComparison.Ordinal)));
    }
}
