using System.Text;
using CsCheck;

namespace MusicRec.Catalog.Tests;

public sealed class SongNamesTests
{
    [Theory]
    [InlineData("아이유_밤편지.wav", "아이유", "밤편지")]
    [InlineData("아이유 _ 밤편지 .wav", "아이유", "밤편지")]
    [InlineData("밤편지.wav", "", "밤편지")]
    [InlineData("a_b_c.wav", "a", "b_c")]
    [InlineData("_제목.wav", "", "제목")]
    [InlineData("가수_.wav", "", "가수_")]
    [InlineData(".wav", "", "audio")]
    [InlineData("v1.2 final.wav", "", "v1.2 final")]
    public void Parse_ArtistUnderscoreTitle_AreTakenApart(string fileName, string artist, string title)
    {
        Assert.Equal(new SongName(artist, title), SongNames.Parse(fileName));
    }

    [Theory]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("C:\\music\\노래.wav", "노래.wav")]
    [InlineData("..\\..\\x.wav", "x.wav")]
    [InlineData("a\0b\r\nc.wav", "abc.wav")]
    [InlineData("\u202Egnp.wav", "gnp.wav")]
    [InlineData("\u200B\uFEFF", "audio")]
    [InlineData("", "audio")]
    [InlineData("folder/", "audio")]
    [InlineData("<script>alert(1)</script>.wav", "script>.wav")]
    [InlineData("\ud800노래.wav", "노래.wav")]
    [InlineData("\ufffe노래\uffff.wav", "노래.wav")]
    public void CleanFileName_HostileName_IsPlainText(string hostile, string clean)
    {
        Assert.Equal(clean, SongNames.CleanFileName(hostile));
    }

    [Fact]
    public void CleanFileName_DecomposedHangul_IsComposed()
    {
        var decomposed = "가수_밤편지.wav".Normalize(NormalizationForm.FormD);

        Assert.Equal("가수_밤편지.wav", SongNames.CleanFileName(decomposed));
    }

    [Fact]
    public void CleanFileName_LongName_IsCutBetweenCharacters()
    {
        var flag = "🇰🇷";

        var clean = SongNames.CleanFileName(new string('가', 198) + flag + ".wav");

        Assert.True(clean.Length <= SongNames.MaxLength);
        Assert.True(clean.IsNormalized());
        Assert.DoesNotContain(clean, char.IsSurrogate);
    }

    [Fact]
    public void CleanFileName_AnyText_IsBoundedComposedAndNotEmpty()
    {
        Gen.String[Gen.Char, 0, 400].Sample(text =>
        {
            var clean = SongNames.CleanFileName(text);
            return clean.Length is > 0 and <= SongNames.MaxLength
                && clean.IsNormalized(NormalizationForm.FormC)
                && !clean.Any(char.IsControl)
                && !clean.Contains('/', StringComparison.Ordinal)
                && !clean.Contains('\\', StringComparison.Ordinal);
        });
    }
}
