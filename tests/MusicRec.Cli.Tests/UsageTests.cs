namespace MusicRec.Cli.Tests;

public sealed class UsageTests
{
    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("features")]
    [InlineData("features a.wav --repeat 0")]
    [InlineData("features a.wav --repeat")]
    [InlineData("features a.wav --csv --time")]
    [InlineData("features a.wav --loud")]
    [InlineData("dataset songs")]
    [InlineData("train data.csv")]
    [InlineData("train data.csv --out m.onnx --layers 16,0")]
    [InlineData("train data.csv --out m.onnx --layers 16;8")]
    [InlineData("train data.csv --out m.onnx --learning-rate 0,001")]
    [InlineData("train data.csv --out m.onnx --learning-rate NaN")]
    [InlineData("train data.csv --out m.onnx --test-share 0.95")]
    [InlineData("train data.csv --out m.onnx --epochs 1e3")]
    [InlineData("evaluate data.csv")]
    [InlineData("evaluate data.csv --out r --folds 1")]
    [InlineData("evaluate data.csv --out r --split train.txt")]
    [InlineData("predict a.wav")]
    [InlineData("similar data.csv")]
    [InlineData("similar data.csv --song a.wav -n 0")]
    [InlineData("import songs --genre Rock --labels-from-folders")]
    [InlineData("reindex --all --cancel")]
    [InlineData("demo-model")]
    [InlineData("bench ranking --songs 0")]
    public async Task RunAsync_WrongUsage_ReturnsTwoAndSaysSoInOneLine(string commandLine)
    {
        var result = await Cli.RunAsync(commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(2, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.StartsWith("musicrec", result.Error, StringComparison.Ordinal);
        Assert.Contains("--help", result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task RunAsync_Help_ListsTheCommands()
    {
        var result = await Cli.RunAsync("--help");

        Assert.Equal(0, result.ExitCode);
        Assert.All(
            ["features", "dataset", "train", "evaluate", "predict", "similar", "import", "reindex", "demo", "demo-model", "bench"],
            name => Assert.Contains($"  {name} ", result.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunAsync_CancelledBeforehand_ReturnsOneAndSaysSo()
    {
        using var folder = new TempFolder();
        using var error = new StringWriter();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        var exitCode = await Program.RunAsync(["features", folder.Song("a.wav", 1)], TextWriter.Null, error, cancelled.Token);

        Assert.Equal(1, exitCode);
        Assert.Equal("musicrec: cancelled." + Environment.NewLine, error.ToString());
    }
}
