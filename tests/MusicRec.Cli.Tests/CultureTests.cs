using System.Globalization;

namespace MusicRec.Cli.Tests;

public sealed class CultureTests
{
    /// <summary><c>tests/cultures</c> says which it has asked for.</summary>
    [Fact]
    public void Process_HasTheCultureItWasStartedWith() =>
        Assert.Equal(Environment.GetEnvironmentVariable("MUSICREC_CULTURE") ?? CultureInfo.CurrentCulture.Name, CultureInfo.CurrentCulture.Name);

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ko-KR")]
    [InlineData("de-DE")]
    public async Task RunAsync_OtherCulture_ChangesNothing(string culture)
    {
        using var folder = new TempFolder();
        foreach (var number in Enumerable.Range(0, 6))
        {
            folder.Song($"songs/{(number % 2 == 0 ? "rock" : "folk")}/{number}.wav", 20 * number);
        }

        string[][] commands =
        [
            ["features", folder["songs"]],
            ["features", folder["songs"], "--csv"],
            ["dataset", folder["songs"], "--out", folder["data.csv"]],
            ["train", folder["data.csv"], "--out", folder["m.onnx"], "--epochs", "3", "--learning-rate", "0.005"],
            ["similar", folder["data.csv"], "--song", "1.wav"],
            ["predict", "--model", folder["m.onnx"], folder["songs"]],
            ["train", "--help"],
            ["features"],
        ];
        foreach (var command in commands)
        {
            var expected = await RunAsync("", command);
            var found = await RunAsync(culture, command);

            Assert.Equal(expected.ExitCode, found.ExitCode);
            Assert.Equal(expected.Output, found.Output);
        }
    }

    private static async Task<CliResult> RunAsync(string culture, string[] command)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
        return await Cli.RunAsync(command);
    }
}
