using MusicRec.Audio;
using MusicRec.Catalog.Demo;
using MusicRec.Disks;

namespace MusicRec.Cli.Tests;

public sealed class DemoCommandTests
{
    [Fact]
    public async Task Demo_Cancelled_LeavesWholeSongsInFoldersOfTheirGenre()
    {
        using var folder = new TempFolder();
        using var stop = new CancellationTokenSource();
        var run = Program.RunAsync(["demo", folder["songs"]], TextWriter.Null, TextWriter.Null, stop.Token);
        while (!Directory.Exists(folder["songs"]))
        {
            await Task.Delay(20);
        }

        await stop.CancelAsync();

        Assert.Equal(1, await run);
        var files = Directory.GetFiles(folder["songs"], "*.wav", SearchOption.AllDirectories);
        Assert.InRange(files.Length, 1, DemoSongs.Catalog.Count - 1);
        var named = DemoSongs.Catalog.ToDictionary(song => folder[$"songs/{song.Genre}/{song.Artist}_{song.Title}.wav"]);
        Assert.All(files, file => Assert.Equal(30, SongFiles.Analyze(file, false, CancellationToken.None).Seconds));
        using var expected = new MemoryStream();
        DemoSongs.Write(named[files[0]], expected);
        Assert.Equal(expected.ToArray(), File.ReadAllBytes(files[0]));
    }

    [Fact]
    public async Task Demo_DiskRunsFull_SaysSoAndLeavesWholeSongs()
    {
        using var disk = new SmallDisk(12);

        var run = await Cli.RunAsync("demo", disk.Folder.FullName);

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("musicrec: No space left on device", run.Error.Split('\r', '\n').Last(line => line.Length > 0), StringComparison.Ordinal);
        var files = disk.Folder.GetFiles("*", SearchOption.AllDirectories);
        Assert.InRange(files.Length, 1, 2);
        Assert.All(files, file => Assert.Equal((".wav", 5_292_044), (file.Extension, file.Length)));
    }

    [Fact]
    public void DemoDataset_Songs_BecomeRowsInTheirOrder()
    {
        var songs = DemoSongs.Others(perGenre: 1, firstSeed: 7000).Take(3).ToArray();

        var dataset = DemoDataset.Make(songs, TextWriter.Null, CancellationToken.None);

        Assert.Equal(songs.Select(song => song.Genre), dataset.Rows.Select(row => row.Label));
        using var wav = new MemoryStream();
        DemoSongs.Write(songs[2], wav);
        wav.Position = 0;
        Assert.Equal(SongAnalyzer.Analyze(wav).Features.Values.ToArray(), dataset.Rows[2].Values.ToArray());
    }
}
