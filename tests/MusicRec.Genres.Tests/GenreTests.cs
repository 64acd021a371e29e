using System.Text;

namespace MusicRec.Genres.Tests;

public class GenreTests
{
    [Fact]
    public void All_Always_HasTheEightInTheirOrder()
    {
        Assert.Equal(["Ballad", "Dance", "Folk", "Hiphop", "Indie", "RnB", "Rock", "Trot"], Genre.All.Select(genre => genre.Name));
        Assert.Equal(["발라드", "댄스", "포크", "힙합", "인디", "알앤비", "록", "트로트"], Genre.All.Select(genre => genre.KoreanName));
    }

    [Theory]
    [InlineData("발라드", "Ballad")]
    [InlineData("Ballad", "Ballad")]
    [InlineData("BALLADS", "Ballad")]
    [InlineData("댄스", "Dance")]
    [InlineData("dance", "Dance")]
    [InlineData("Dance Pop", "Dance")]
    [InlineData("dance-pop", "Dance")]
    [InlineData("포크", "Folk")]
    [InlineData("folk", "Folk")]
    [InlineData("힙합", "Hiphop")]
    [InlineData("힙 합", "Hiphop")]
    [InlineData("hiphop", "Hiphop")]
    [InlineData("Hip-Hop", "Hiphop")]
    [InlineData("hip_hop", "Hiphop")]
    [InlineData("Rap", "Hiphop")]
    [InlineData("랩", "Hiphop")]
    [InlineData("인디", "Indie")]
    [InlineData("Indie", "Indie")]
    [InlineData("알앤비", "RnB")]
    [InlineData("R&B", "RnB")]
    [InlineData("R & B", "RnB")]
    [InlineData("r'n'b", "RnB")]
    [InlineData("rnb", "RnB")]
    [InlineData("R and B", "RnB")]
    [InlineData("알앤비/소울", "RnB")]
    [InlineData("R&B/Soul", "RnB")]
    [InlineData("RnB-Soul", "RnB")]
    [InlineData("랩/힙합", "Hiphop")]
    [InlineData("록/메탈", "Rock")]
    [InlineData("포크/블루스", "Folk")]
    [InlineData("인디음악", "Indie")]
    [InlineData("록", "Rock")]
    [InlineData("락", "Rock")]
    [InlineData(" rock ", "Rock")]
    [InlineData("트로트", "Trot")]
    [InlineData("트롯", "Trot")]
    [InlineData("trot", "Trot")]
    [InlineData("Troat", "Trot")]
    public void Canonical_KnownSpelling_IsTheLabel(string written, string label)
    {
        Assert.Equal(label, Genre.Canonical(written));
        Assert.Equal(label, Genre.LabelOf(written));
    }

    [Fact]
    public void Canonical_OwnNamesComposedAndDecomposed_AreTheLabel()
    {
        foreach (var genre in Genre.All)
        {
            Assert.Equal(genre.Name, Genre.Canonical(genre.Name));
            Assert.Equal(genre.Name, Genre.Canonical(genre.KoreanName));
            Assert.Equal(genre.Name, Genre.Canonical(genre.KoreanName.Normalize(NormalizationForm.FormD)));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("&")]
    [InlineData("Jazz")]
    [InlineData("rocket")]
    [InlineData("발라")]
    public void Canonical_NoneOfTheEight_IsNull(string written) => Assert.Null(Genre.Canonical(written));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t")]
    public void LabelOf_Nothing_IsNull(string? written) => Assert.Null(Genre.LabelOf(written));

    [Fact]
    public void LabelOf_UnknownWords_KeepsThemTrimmedAndComposed()
    {
        Assert.Equal("Bossa Nova", Genre.LabelOf(" Bossa Nova "));
        Assert.Equal("국악", Genre.LabelOf("국악".Normalize(NormalizationForm.FormD)));
    }

    [Fact]
    public void Order_MixedLabels_PutsTheEightFirstThenOthersByName() =>
        Assert.Equal(["Ballad", "Rock", "Trot", "blues", "jazz", "국악"], Genre.Order(["jazz", "Trot", "국악", "Ballad", "blues", "Rock", "Trot"]));
}
