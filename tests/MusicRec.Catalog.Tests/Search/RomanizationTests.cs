using CsCheck;
using MusicRec.Catalog.Search;

namespace MusicRec.Catalog.Tests.Search;

public sealed class RomanizationTests
{
    /// <summary>The examples of the rules of 2000 and common titles.</summary>
    [Theory]
    [InlineData("안녕", "annyeong")]
    [InlineData("백마", "baengma")]
    [InlineData("종로", "jongno")]
    [InlineData("왕십리", "wangsimni")]
    [InlineData("신라", "silla")]
    [InlineData("별내", "byeollae")]
    [InlineData("해돋이", "haedoji")]
    [InlineData("같이", "gachi")]
    [InlineData("좋고", "joko")]
    [InlineData("놓다", "nota")]
    [InlineData("좋은날", "joeunnal")]
    [InlineData("묵호", "mukho")]
    [InlineData("구미", "gumi")]
    [InlineData("영동", "yeongdong")]
    [InlineData("옥천", "okcheon")]
    [InlineData("합덕", "hapdeok")]
    [InlineData("한밭", "hanbat")]
    [InlineData("울릉", "ulleung")]
    [InlineData("대관령", "daegwallyeong")]
    [InlineData("속리산", "songnisan")]
    [InlineData("독립문", "dongnimmun")]
    [InlineData("극락전", "geungnakjeon")]
    [InlineData("많이", "mani")]
    [InlineData("싫어", "sireo")]
    [InlineData("밤편지", "bampyeonji")]
    [InlineData("2월 노래!", "2wol norae!")]
    public void OfSounds_Word_IsWrittenByTheRules(string korean, string romanised) =>
        Assert.Equal(romanised, Romanization.OfSounds(korean));

    [Theory]
    [InlineData("한복남", "hanboknam")]
    [InlineData("독립", "dokrip")]
    [InlineData("좋은", "joheun")]
    [InlineData("박은빈", "bakeunbin")]
    public void OfSyllables_Name_IsWrittenSyllableBySyllable(string korean, string romanised) =>
        Assert.Equal(romanised, Romanization.OfSyllables(korean));

    [Fact]
    public void Of_AnySyllables_AreAllWrittenInLowerCaseLetters() => Gen.String[Gen.Char['가', '힣'], 1, 12].Sample(text =>
    {
        Assert.All(Romanization.OfSounds(text) + Romanization.OfSyllables(text), letter => Assert.InRange(letter, 'a', 'z'));
        Assert.True(Romanization.OfSounds(text).Length >= text.Length);
    });

    [Fact]
    public void Of_TextWithoutSyllables_StaysAsItIs() => Gen.String.Sample(text =>
    {
        var foreign = string.Concat(text.Where(letter => !Hangul.IsSyllable(letter)));
        Assert.Equal((foreign, foreign), (Romanization.OfSounds(foreign), Romanization.OfSyllables(foreign)));
    });
}
