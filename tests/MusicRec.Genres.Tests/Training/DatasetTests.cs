using System.Globalization;
using System.Text;
using CsCheck;
using MusicRec.Audio.Features;
using MusicRec.Genres.Training;

namespace MusicRec.Genres.Tests.Training;

public class DatasetTests
{
    private static readonly string[] Pieces =
        ["a", "Z", "가", "힣", ",", ";", "\"", "'", " ", "\t", "\n", "\r", "\r\n", "#", "=", "＝", "-", "é", "😀", "\uFEFF", ".wav"];

    private static readonly double[] SpecialNumbers =
        [0.0, -0.0, 0.1, 1.0 / 3, double.Epsilon, 1e-310, 2.2250738585072014e-308, float.MaxValue, -float.MaxValue];

    private static readonly Gen<string> Texts = OneOf(Pieces).Array[0, 8].Select(string.Concat);

    private static readonly Gen<double> Numbers = Gen.OneOf(
        Gen.Double[-1e6, 1e6],
        Gen.Float.Where(float.IsFinite).Select(value => (double)value),
        OneOf(SpecialNumbers));

    [Fact]
    public void Read_WhatWriteWrote_IsTheSameToTheLastBit() =>
        Gen.Select(Texts, Numbers.Array[3], Texts.Select(text => text.Trim())).Array[1, 10].Sample(songs =>
        {
            var written = new Dataset(["a", "b,c", "d"], [.. songs.Select(song => new DatasetRow(song.Item1, song.Item2, song.Item3))]);

            var read = RoundTrip(written);

            Assert.Equal(written.Columns, read.Columns);
            Assert.Equal(written.Rows.Select(row => row.FileName), read.Rows.Select(row => row.FileName));
            Assert.Equal(written.Rows.Select(row => row.Label), read.Rows.Select(row => row.Label));
            Assert.Equal(written.Rows.SelectMany(BitsOf), read.Rows.SelectMany(BitsOf));
        });

    [Fact]
    public void Write_InACultureWithCommas_WritesPoints()
    {
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            Assert.Equal("filename,x,label\nsong.wav,-1234.5,Rock\n", Encoding.UTF8.GetString(Bytes(OneSong("song.wav", -1234.5, "Rock")))[1..]);
            Assert.Equal(-1234.5, RoundTrip(OneSong("song.wav", -1234.5, "Rock")).Rows[0].Values.Span[0]);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Write_Always_BeginsWithTheByteOrderMark() =>
        Assert.Equal([0xEF, 0xBB, 0xBF], Bytes(OneSong("song.wav", 1, "Rock"))[..3]);

    [Theory]
    [InlineData("filename,x,label\nsong.wav,1.5,Rock\n")]
    [InlineData("\uFEFFfilename,x,label\nsong.wav,1.5,Rock\n")]
    [InlineData("filename,x,label\r\nsong.wav,1.5,Rock\r\n")]
    [InlineData("filename,x,label\rsong.wav,1.5,Rock\r")]
    [InlineData("filename,x,label\nsong.wav,1.5,Rock")]
    [InlineData("filename,x,label\n\nsong.wav,1.5,Rock\n\n")]
    [InlineData("filename, x ,label \nsong.wav, 1.5 , Rock \n")]
    [InlineData("\"filename\",\"x\",\"label\"\n\"song.wav\",\"1.5\",\"Rock\"\n")]
    [InlineData("filename,x,label\nsong.wav,15e-1,Rock\n")]
    public void Read_SameTableWrittenInAnotherWay_IsTheSame(string text)
    {
        var dataset = Parse(text);

        Assert.Equal(["x"], dataset.Columns);
        var row = Assert.Single(dataset.Rows);
        Assert.Equal(("song.wav", 1.5, "Rock"), (row.FileName, row.Values.Span[0], row.Label));
    }

    [Fact]
    public void Read_QuotedCommasQuotesAndLineBreaks_AreKept()
    {
        var dataset = Parse("filename,x,label\n\"a, \"\"b\"\".wav\",1,\"R&B, Soul\"\n\"two\nlines.wav\",2,Rock\n");

        Assert.Equal(["a, \"b\".wav", "two\nlines.wav"], dataset.Rows.Select(row => row.FileName));
        Assert.Equal(["R&B, Soul", "Rock"], dataset.Rows.Select(row => row.Label));
    }

    [Fact]
    public void Read_DecomposedHangul_IsComposed()
    {
        var text = "filename,x,label\n아이유_밤편지.wav,1,발라드\n".Normalize(NormalizationForm.FormD);

        var row = Parse(text).Rows[0];

        Assert.Equal("아이유_밤편지.wav", row.FileName);
        Assert.Equal("발라드", row.Label);
    }

    [Fact]
    public void Read_EmptyLabel_IsEmpty() => Assert.Equal("", Parse("filename,x,label\nsong.wav,1,\n").Rows[0].Label);

    [Fact]
    public void Read_TableAsTheFieldWritesIt_LoadsAsItIs()
    {
        var dataset = Dataset.Read(Path.Combine(AppContext.BaseDirectory, "Fixtures", "ten_genres.csv"));

        Assert.Equal(FeatureVector.Names, dataset.Columns);
        Assert.Equal(20, dataset.Rows.Count);
        string[] genres = ["blues", "classical", "country", "disco", "hiphop", "jazz", "metal", "pop", "reggae", "rock"];
        Assert.Equal(genres, Genre.Order(dataset.Rows.Select(row => row.Label)));
        var first = dataset.Rows[0];
        Assert.Equal("blues.00000.wav", first.FileName);
        Assert.Equal(0.26400232807392915, first.Values.Span[0]);
        Assert.Equal(2430.8709957924875, first.Values.Span[2]);
        Assert.Equal(-2.9273467678290146, first.Values.Span[25]);
    }

    [Fact]
    public void WriteToPath_FileIsThere_IsReplaced()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("data.csv", new byte[10_000]);

        OneSong("song.wav", 1, "Rock").Write(path);

        Assert.Equal(Bytes(OneSong("song.wav", 1, "Rock")), File.ReadAllBytes(path));
        Assert.Equal("song.wav", Dataset.Read(path).Rows[0].FileName);
    }

    [Fact]
    public void FromVectors_Songs_HasTheNamesOfTheFieldAndComposedFileNames()
    {
        var values = Enumerable.Range(0, FeatureVector.Length).Select(i => i / 7.0).ToArray();

        var dataset = Dataset.FromVectors([("밤.wav".Normalize(NormalizationForm.FormD), new FeatureVector(values), "Folk")]);

        Assert.Equal(FeatureVector.ColumnNames, dataset.Columns);
        Assert.Equal("밤.wav", dataset.Rows[0].FileName);
        Assert.Equal(values, dataset.Rows[0].Values.ToArray());
        Assert.Equal("Folk", dataset.Rows[0].Label);
        Assert.Equal(FeatureVector.Names, dataset.MeansOnly().Columns);
        Assert.Equal(values[..26], dataset.MeansOnly().Rows[0].Values.ToArray());
        Assert.Throws<InvalidOperationException>(() => dataset.MeansOnly().MeansOnly());
    }

    [Fact]
    public void Fingerprint_EqualContent_IsEqualAndChangesWithTheLastBit()
    {
        var one = OneSong("song.wav", 0.1, "Rock");

        Assert.Matches("^[0-9a-f]{64}$", one.Fingerprint());
        Assert.Equal(one.Fingerprint(), RoundTrip(one).Fingerprint());
        Assert.Equal(one.Fingerprint(), Parse("filename,x,label\r\nsong.wav,0.1000,Rock\r\n").Fingerprint());
        Assert.NotEqual(one.Fingerprint(), OneSong("song.wav", Math.BitIncrement(0.1), "Rock").Fingerprint());
        Assert.NotEqual(one.Fingerprint(), OneSong("song.wav", 0.1, "Folk").Fingerprint());
    }

    private static Gen<T> OneOf<T>(T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static Dataset OneSong(string fileName, double value, string label) => new(["x"], [new DatasetRow(fileName, new[] { value }, label)]);

    private static IEnumerable<long> BitsOf(DatasetRow row) => row.Values.ToArray().Select(BitConverter.DoubleToInt64Bits);

    private static Dataset Parse(string text) => Dataset.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)));

    private static Dataset RoundTrip(Dataset dataset) => Dataset.Read(new MemoryStream(Bytes(dataset)));

    private static byte[] Bytes(Dataset dataset)
    {
        using var stream = new MemoryStream();
        dataset.Write(stream);
        return stream.ToArray();
    }
}
