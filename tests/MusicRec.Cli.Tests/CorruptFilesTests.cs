using System.Diagnostics;

namespace MusicRec.Cli.Tests;

/// <summary>A hundred songs of which five are broken, each in another way.</summary>
public sealed class CorruptFilesTests
{
    private const int Good = 95;

    [Fact]
    public async Task Import_FiveInAHundredBroken_IndexesTheOthersAndNamesTheBroken()
    {
        using var folder = new TempFolder();
        var songs = 0;
        foreach (var compressed in HasFfmpeg() ? ["song.flac", "song.mp3", "song.ogg"] : Array.Empty<string>())
        {
            File.Copy(Path.Combine(AppContext.BaseDirectory, "Fixtures", compressed), folder[compressed]);
            songs++;
        }

        for (; songs < Good; songs++)
        {
            folder.Song($"good {songs}.wav", songs, seconds: 0.3, sampleRate: 8000);
        }

        Break(folder);

        var result = await Cli.RunAsync("import", folder.Root, "--index", "--data", folder["data"]);

        Assert.Equal(1, result.ExitCode);
        var catalog = new CatalogFile(folder["data"]);
        Assert.Equal(Good, await catalog.CountAsync("Indexed"));
        var refused = result.Lines.Where(line => line.StartsWith("refused\t", StringComparison.Ordinal)).Select(line => line.Split('\t')).ToList();
        var failed = await catalog.PairsAsync("SELECT FileName, FailureReason FROM Songs WHERE Status = 'Failed'");
        Assert.Equal(
            ["bad cut.wav", "bad empty.wav", "bad no samples.wav", "bad noise.mp3", "bad text.wav"],
            refused.Select(line => Path.GetFileName(line[1])).Concat(failed.Keys).Order(StringComparer.Ordinal));
        Assert.All(refused, line => Assert.NotEmpty(line[2]));
        Assert.All(failed, song => Assert.Contains($"{song.Key}: {song.Value}", result.Error, StringComparison.Ordinal));
    }

    private static void Break(TempFolder folder)
    {
        var whole = File.ReadAllBytes(folder["good 50.wav"]);
        File.WriteAllBytes(folder["bad cut.wav"], whole[..30]);
        File.WriteAllBytes(folder["bad no samples.wav"], whole[..44]);
        File.WriteAllBytes(folder["bad empty.wav"], []);
        folder.Text("bad text.wav", "no song");
        var noise = new byte[20_000];
        new Random(1).NextBytes(noise);
        File.WriteAllBytes(folder["bad noise.mp3"], noise);
    }

    private static bool HasFfmpeg()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("ffmpeg", "-version") { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return true;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
