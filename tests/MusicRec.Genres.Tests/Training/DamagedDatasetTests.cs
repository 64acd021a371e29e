using System.Globalization;
using System.Text;
using MusicRec.Genres.Training;

namespace MusicRec.Genres.Tests.Training;

public class DamagedDatasetTests
{
    private const string Header = "filename,x,y,label\n";

    [Theory]
    [InlineData("", "The file is empty")]
    [InlineData("\uFEFF", "The file is empty")]
    [InlineData(Header, "no row")]
    [InlineData("name,x,label\na,1,Rock\n", "Line 1: the header must begin with 'filename'")]
    [InlineData("filename,x\na,1\n", "Line 1: the header must begin with 'filename' and end with 'label'; found 'filename' and 'x'")]
    [InlineData("filename,label\na,Rock\n", "Line 1: there is no feature between")]
    [InlineData("filename;x;label\na;1;Rock\n", "Line 1")]
    [InlineData(Header + "a,1,2,Rock\nb,1,Rock\n", "Line 3: 3 fields where the header has 4")]
    [InlineData(Header + "a,1,2,3,Rock\n", "Line 2: 5 fields where the header has 4")]
    [InlineData(Header + "a,1,2,Rock\nb,1,,Rock\n", "Line 3, column y: '' is not a finite number")]
    [InlineData(Header + "a,1,2,Rock\n\nb,one,2,Rock\n", "Line 4, column x: 'one' is not a finite number")]
    [InlineData(Header + "a,NaN,2,Rock\n", "Line 2, column x: 'NaN'")]
    [InlineData(Header + "a,1,Infinity,Rock\n", "Line 2, column y: 'Infinity'")]
    [InlineData(Header + "a,1e999,2,Rock\n", "Line 2, column x: '1e999'")]
    [InlineData(Header + "a,1e39,2,Rock\n", "Line 2, column x: '1e39'")]
    [InlineData(Header + "a,\"1,5\",2,Rock\n", "Line 2, column x: '1,5'")]
    [InlineData(Header + "a,1,2,Rock\n\"b,1,2,Rock\nc,1,2,Rock\n", "Line 3")]
    public void Read_DamagedText_SaysWhatAndWhere(string text, string message) =>
        Assert.Contains(message, Refusal(Encoding.UTF8.GetBytes(text)), StringComparison.Ordinal);

    [Fact]
    public void Read_KoreanLegacyEncoding_NamesTheLine()
    {
        byte[] ballad = [0xB9, 0xDF, 0xB6, 0xF3, 0xB5, 0xE5];
        var before = string.Concat(Enumerable.Range(0, 3000).Select(row => string.Create(CultureInfo.InvariantCulture, $"song{row}.wav,1,2,Rock\n")));
        byte[] text = [.. Encoding.UTF8.GetBytes(Header + before + "a,1,2,"), .. ballad, .. "\nb,1,2,Rock\n"u8];

        Assert.Contains("Line 3002: this is not UTF-8 text", Refusal(text), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TextCutInsideACharacter_NamesTheLine() =>
        Assert.Contains("Line 2: this is not UTF-8 text", Refusal([.. Encoding.UTF8.GetBytes(Header + "a,1,2,"), 0xEB, 0xB0]), StringComparison.Ordinal);

    [Fact]
    public void Read_AnyBytes_IsATableOrRefused()
    {
        var random = new Random(1);
        for (var i = 0; i < 500; i++)
        {
            var bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);

            Refusal([.. Encoding.UTF8.GetBytes(Header), .. bytes, (byte)'\n', (byte)'a']);
        }
    }

    [Fact]
    public void Read_NoFile_ThrowsFileNotFound()
    {
        using var folder = new TemporaryFolder();

        Assert.Throws<FileNotFoundException>(() => Dataset.Read(folder.File("missing.csv")));
    }

    private static string Refusal(byte[] content) =>
        Assert.Throws<InvalidDataException>(() => Dataset.Read(new MemoryStream(content))).Message;
}
