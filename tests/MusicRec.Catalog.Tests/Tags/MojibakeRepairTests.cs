using System.Text;
using MusicRec.Catalog.Tags;

namespace MusicRec.Catalog.Tests.Tags;

public sealed class MojibakeRepairTests
{
    private const int Samples = 20_000;

    private static readonly Encoding Western = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    [Theory]
    [InlineData("»ç¶û", "사랑")]
    [InlineData("ÁÁÀº ³¯", "좋은 날")]
    [InlineData("¾ÆÀÌÀ¯", "아이유")]
    [InlineData("º½", "봄")]
    [InlineData("SG¿ö³Êºñ", "SG워너비")]
    [InlineData("ì•„ì´ìœ", "아이유")]
    [InlineData("ÇÏ¸²", "하림")]
    public void Repair_KoreanReadAsWestern_IsKoreanAgain(string read, string korean)
    {
        // The UTF-8 of 유 ends in a byte that Windows does not show.
        read = read.StartsWith('ì') ? Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(korean)) : read;

        Assert.Equal(korean, MojibakeRepair.Repair(read));
    }

    [Theory]
    [InlineData("Björk")]
    [InlineData("Sigur Rós")]
    [InlineData("Ágætis byrjun")]
    [InlineData("Café")]
    [InlineData("Motörhead")]
    [InlineData("CORAÇÃO")]
    [InlineData("CANÇÕES")]
    [InlineData("Ángel")]
    [InlineData("¿Qué pasó?")]
    [InlineData("¿Él o yo?")]
    [InlineData("Hääyö")]
    [InlineData("JÄÄÄÄR")]
    [InlineData("ÄÄÄÄÄÄ")]
    [InlineData("créée")]
    [InlineData("L’Été")]
    [InlineData("Çà et là")]
    [InlineData("«Où es-tu»")]
    [InlineData("Blue Öyster Cult")]
    [InlineData("E=mc²³")]
    [InlineData("°º¤ø,¸¸,ø¤º°")]
    [InlineData("½")]
    [InlineData("¡Ándale!")]
    [InlineData("Beyoncé")]
    [InlineData("Кино")]
    [InlineData("宇多田ヒカル")]
    [InlineData("아이유 – Café")]
    [InlineData("Ænima")]
    [InlineData("Ü")]
    [InlineData("")]
    public void Repair_RightText_StaysAsItIs(string text) => Assert.Equal(text, MojibakeRepair.Repair(text));

    [Fact]
    public void Repair_CorpusOfKoreanNames_AtLeast98PercentAreRight()
    {
        foreach (var read in (Encoding[])[Western, Encoding.Latin1])
        {
            var names = Corpora.Korean(Samples).ToList();
            var wrong = names.Where(name => MojibakeRepair.Repair(Read(read, Tagged.Korean(name))) != name).ToList();

            TestContext.Current.TestOutputHelper!.WriteLine($"{wrong.Count} of {names.Count} wrong: {string.Join(" | ", wrong.Take(20))}");
            Assert.InRange(wrong.Count, 0, names.Count / 50);
        }
    }

    [Fact]
    public void Decode_CorpusOfKoreanBytes_AtLeast98PercentAreRight()
    {
        var names = Corpora.Korean(Samples).ToList();

        Assert.InRange(names.Count(name => MojibakeRepair.Decode(Tagged.Korean(name)) != name), 0, names.Count / 50);
        Assert.All(names, name => Assert.Equal(name, MojibakeRepair.Decode(Encoding.UTF8.GetBytes(name))));
    }

    [Theory]
    [InlineData("Korean")]
    [InlineData("Japanese")]
    [InlineData("Western")]
    [InlineData("Russian")]
    [InlineData("Mixed")]
    public void Repair_CorpusOfRightTexts_NoneIsDamaged(string corpus) =>
        Assert.All(Corpora.Of(corpus, Samples), text => Assert.Equal(text, MojibakeRepair.Repair(text)));

    [Fact]
    public void Decode_CorpusOfWesternBytes_NoneIsDamaged() =>
        Assert.All(Corpora.Western(Samples), text => Assert.Equal(text, MojibakeRepair.Decode(Western.GetBytes(text))));

    /// <summary>Windows reads five bytes as nothing; programs take them for control characters.</summary>
    private static string Read(Encoding encoding, byte[] bytes) => string.Concat(bytes.Select(value => encoding.GetString([value])));
}
