using System.Text;
using MusicRec.Genres.Training;

namespace MusicRec.Genres.Tests.Training;

public sealed class CellTextTests
{
    [Theory]
    [InlineData("=cmd|' /C calc'!A0.wav")]
    [InlineData("+1.wav")]
    [InlineData("-rf.wav")]
    [InlineData("@SUM(A1).wav")]
    [InlineData("\t=1.wav")]
    [InlineData("\r=1.wav")]
    [InlineData("＝1.wav")]
    [InlineData("'=1.wav")]
    public void Write_TextLikeAFormula_BeginsWithAnApostropheAndReadsBack(string name)
    {
        var cell = CellText.Write(name);

        Assert.Equal("'" + name, cell);
        Assert.Equal(name, CellText.Read(cell));
    }

    [Theory]
    [InlineData("")]
    [InlineData("'")]
    [InlineData("'t Smidje.wav")]
    [InlineData("a=b.wav")]
    [InlineData("아이유_밤편지.wav")]
    public void Write_OtherText_StaysAsItIs(string name)
    {
        Assert.Equal(name, CellText.Write(name));
        Assert.Equal(name, CellText.Read(name));
    }

    [Fact]
    public void Table_NamesLikeFormulas_AreGuardedAndNumbersAreNot()
    {
        var dataset = new Dataset(["x"], [new DatasetRow("=1+1.wav", new[] { -0.5 }, "@Rock")]);
        using var stream = new MemoryStream();

        dataset.Write(stream);

        Assert.Equal("filename,x,label\n'=1+1.wav,-0.5,'@Rock\n", Encoding.UTF8.GetString(stream.ToArray()).TrimStart('\uFEFF'));
        stream.Position = 0;
        Assert.Equal(dataset.Rows[0].FileName, Dataset.Read(stream).Rows[0].FileName);
    }
}
