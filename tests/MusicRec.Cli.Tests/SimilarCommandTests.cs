using System.Globalization;

namespace MusicRec.Cli.Tests;

public sealed class SimilarCommandTests
{
    // Columns x (mean 3, deviation sqrt 5) and y (mean 2, deviation sqrt 2) and a constant one. Scaled by hand:
    // a (-3, 0)/s -> direction (-1, 0); b (-1, 2) -> (-1/√5, 2/√2); c (1, 0) -> (1, 0); d (3, -2) -> (3/√5, -2/√2).
    private const string Table = """
        filename,x,y,z,label
        가.wav,0,2,7,Trot
        b.wav,2,4,7,Rock
        c.wav,4,2,7,Rock
        d.wav,6,0,7,Folk
        """;

    private static readonly double CosineOfAB = Math.Sqrt(1 / 11.0);
    private static readonly double CosineOfAD = -3 / Math.Sqrt(19);
    private static readonly double CosineOfBD = -13 / Math.Sqrt(209);

    [Fact]
    public async Task Similar_Song_PrintsTheNearestRowsFirst()
    {
        using var folder = new TempFolder();

        var result = await Cli.RunAsync("similar", folder.Text("data.csv", Table), "--song", "b.wav", "-n", "2");

        Assert.Equal(0, result.ExitCode);
        var rows = result.Lines.Select(line => line.Split('\t')).ToArray();
        Assert.Equal(["1", "가.wav", "Trot"], rows[0][..3]);
        Assert.Equal(["2", "c.wav", "Rock"], rows[1][..3]);
        Assert.Equal(CosineOfAB, Number(rows[0][3]), 1e-14);
        Assert.Equal(-CosineOfAB, Number(rows[1][3]), 1e-14);
        Assert.Equal(2, rows.Length);
    }

    [Fact]
    public async Task Similar_DecomposedName_FindsTheComposedRow()
    {
        using var folder = new TempFolder();

        var result = await Cli.RunAsync("similar", folder.Text("data.csv", Table), "--song", "\u1100\u1161.wav");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(["b.wav", "d.wav", "c.wav"], result.Lines.Select(line => line.Split('\t')[1]));
    }

    [Fact]
    public async Task Similar_Matrix_WritesEveryPair()
    {
        using var folder = new TempFolder();

        var result = await Cli.RunAsync("similar", folder.Text("data.csv", Table), "--matrix", folder["out/matrix.csv"]);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal([0xEF, 0xBB, 0xBF], File.ReadAllBytes(folder["out/matrix.csv"])[..3]);
        var lines = File.ReadAllLines(folder["out/matrix.csv"]).Select(line => line.Split(',')).ToArray();
        Assert.Equal(["filename", "가.wav", "b.wav", "c.wav", "d.wav"], lines[0]);
        Assert.Equal(["가.wav", "b.wav", "c.wav", "d.wav"], lines[1..].Select(line => line[0]));
        double[][] expected =
        [
            [1, CosineOfAB, -1, CosineOfAD],
            [CosineOfAB, 1, -CosineOfAB, CosineOfBD],
            [-1, -CosineOfAB, 1, -CosineOfAD],
            [CosineOfAD, CosineOfBD, -CosineOfAD, 1],
        ];
        for (var row = 0; row < 4; row++)
        {
            Assert.All(expected[row].Zip(lines[row + 1][1..]), pair => Assert.Equal(pair.First, Number(pair.Second), 1e-14));
        }
    }

    [Fact]
    public async Task Similar_EqualRows_KeepTheirOrder()
    {
        using var folder = new TempFolder();
        var path = folder.Text("data.csv", "filename,x,label\na,0,\nb,1,\nc,5,\nd,6,\n");

        var result = await Cli.RunAsync("similar", path, "--song", "c");

        Assert.Equal(["d", "a", "b"], result.Lines.Select(line => line.Split('\t')[1]));
    }

    [Theory]
    [InlineData("nobody.wav", "No row is named 'nobody.wav'.")]
    [InlineData("twice.wav", "2 rows are named 'twice.wav'")]
    public async Task Similar_NameThatIsNotOneRow_ReturnsOne(string name, string message)
    {
        using var folder = new TempFolder();
        var path = folder.Text("data.csv", "filename,x,label\ntwice.wav,0,\ntwice.wav,1,\n");

        var result = await Cli.RunAsync("similar", path, "--song", name);

        Assert.Equal(1, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("filename,x,label\na.wav,loud,Rock\n", "Line 2")]
    [InlineData("name,x\na.wav,1\n", "Line 1")]
    [InlineData("", "empty")]
    public async Task Similar_BadTable_SaysWhere(string content, string message)
    {
        using var folder = new TempFolder();

        var result = await Cli.RunAsync("similar", folder.Text("data.csv", content), "--song", "a.wav");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
