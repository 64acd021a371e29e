using System.Text;
using System.Text.Json;
using MusicRec.Audio;
using MusicRec.Audio.Features;
using MusicRec.Genres.Training;

namespace MusicRec.Cli.Tests;

public sealed class FeaturesCommandTests
{
    [Fact]
    public async Task Features_OneSong_PrintsWhatTheAnalyzerComputes()
    {
        using var folder = new TempFolder();
        var path = folder.Song("10cm_이밤을빌려말해요.wav", 3, seconds: 1.5, sampleRate: 44100);
        using var stream = File.OpenRead(path);
        var expected = SongAnalyzer.Analyze(stream);

        var result = await Cli.RunAsync("features", path);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("이밤을", result.Output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(Assert.Single(result.Lines));
        var root = json.RootElement;
        Assert.Equal(["file", "sampleRate", "seconds", "featureVersion", "tempo", "tuning", "features"], root.EnumerateObject().Select(p => p.Name));
        Assert.Equal(path, root.GetProperty("file").GetString());
        Assert.Equal(44100, root.GetProperty("sampleRate").GetInt32());
        Assert.Equal(1.5, root.GetProperty("seconds").GetDouble());
        Assert.Equal(FeatureVersion.WithDeviations, root.GetProperty("featureVersion").GetInt32());
        Assert.Equal(expected.Tempo, root.GetProperty("tempo").GetDouble());
        Assert.Equal(expected.Tuning, root.GetProperty("tuning").GetDouble());
        Assert.Equal(FeatureVector.Names, root.GetProperty("features").EnumerateObject().Select(p => p.Name));
        Assert.Equal(expected.Features.Means.ToArray(), root.GetProperty("features").EnumerateObject().Select(p => p.Value.GetDouble()));
    }

    [Fact]
    public async Task Features_Deviations_StandBesideTheMeans()
    {
        using var folder = new TempFolder();
        var path = folder.Song("노래.wav", 3, seconds: 1.5);
        using var stream = File.OpenRead(path);
        var expected = SongAnalyzer.Analyze(stream).Features;

        var json = await Cli.RunAsync("features", path, "--deviations");
        var csv = await Cli.RunAsync("features", path, "--deviations", "--csv");

        var deviations = JsonDocument.Parse(Assert.Single(json.Lines)).RootElement.GetProperty("deviations").EnumerateObject().ToList();
        Assert.Equal(FeatureVector.Names, deviations.Select(p => p.Name));
        Assert.Equal(expected.Deviations.ToArray(), deviations.Select(p => p.Value.GetDouble()));
        using var table = new MemoryStream(Encoding.UTF8.GetBytes(csv.Output));
        var dataset = Dataset.Read(table);
        Assert.Equal(FeatureVector.ColumnNames, dataset.Columns);
        Assert.Equal(expected.Values.ToArray(), dataset.Rows[0].Values.ToArray());
    }

    [Fact]
    public async Task Features_Sound_IsWhatTheEmbeddingHears()
    {
        using var folder = new TempFolder();
        var path = folder.Song("노래.wav", 3, seconds: 1.5);

        var result = await Cli.RunAsync("features", path, "--sound");
        var csv = await Cli.RunAsync("features", path, "--sound", "--csv");

        var root = JsonDocument.Parse(Assert.Single(result.Lines)).RootElement;
        Assert.Equal(FeatureVersion.Current, root.GetProperty("featureVersion").GetInt32());
        Assert.Equal(FeatureVector.SoundLength, root.GetProperty("sound").GetArrayLength());
        Assert.NotEqual(0, csv.ExitCode);
        Assert.Contains("--csv has no room", csv.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Features_NoDecoderForTheFormat_NamesThePackageToInstall()
    {
        using var process = ChildProcess.StartAlone("features", Path.Combine(AppContext.BaseDirectory, "Fixtures", "song.m4a"));

        var result = await process.EndAsync();

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("install the package ffmpeg", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Features_LongSong_CountsTheSecondsAnalysed()
    {
        using var folder = new TempFolder();

        var result = await Cli.RunAsync("features", folder.Song("long.wav", 1, seconds: 31, sampleRate: 8000));

        using var json = JsonDocument.Parse(Assert.Single(result.Lines));
        Assert.Equal(30, json.RootElement.GetProperty("seconds").GetDouble());
    }

    [Fact]
    public async Task Features_BadFilesAmongGoodOnes_GoesOnAndReturnsOne()
    {
        using var folder = new TempFolder();
        var (first, last) = (folder.Song("a.wav", 1), folder.Song("b.wav", 2));
        Directory.CreateDirectory(folder["empty"]);

        var result = await Cli.RunAsync("features", first, folder["missing.wav"], folder.Text("text.wav", "no song"), folder["empty"], last);

        Assert.Equal(1, result.ExitCode);
        Assert.Empty(result.Error);
        Assert.Equal(5, result.Lines.Length);
        Assert.Equal(
            [first, folder["missing.wav"], folder["text.wav"], folder["empty"], last],
            result.Lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("file").GetString()));
        Assert.All(result.Lines[1..4], line => Assert.Equal(["file", "error"], JsonDocument.Parse(line).RootElement.EnumerateObject().Select(p => p.Name)));
        Assert.Contains("features", result.Lines[4], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Features_Folder_IsWalkedForWavFilesInOrder()
    {
        using var folder = new TempFolder();
        var files = new[] { folder.Song("a/one.WAV", 1), folder.Song("a/z/two.wav", 2), folder.Song("b/three.wav", 3) };
        folder.Text("a/notes.txt", "no song");
        folder.Text("a/._one.wav", "what macOS leaves behind");

        var result = await Cli.RunAsync("features", folder.Root);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(files, result.Lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("file").GetString()));
    }

    [Fact]
    public async Task Features_NameLikeAResponseFile_IsAFile()
    {
        using var folder = new TempFolder();

        var result = await Cli.RunAsync("features", "@" + folder.Text("words", "--nonsense"));

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("error", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Features_Time_AddsTheStages()
    {
        using var folder = new TempFolder();

        var result = await Cli.RunAsync("features", folder.Song("a.wav", 1, sampleRate: 44100), "--time", "--repeat", "2");

        using var json = JsonDocument.Parse(Assert.Single(result.Lines));
        var stages = json.RootElement.GetProperty("ms").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetDouble());
        Assert.Equal(["decode", "resample", "stft", "mel", "features", "tempo", "total"], stages.Keys);
        Assert.All(stages.Values, time => Assert.True(time > 0));
    }

    [Fact]
    public async Task Features_Csv_WritesTheTableOfTheDataset()
    {
        using var folder = new TempFolder();
        folder.Song("트로트/a_하나.wav", 1);
        folder.Song("field recordings/b.wav", 2);
        folder.Text("트로트/bad.wav", "no song");

        var csv = await Cli.RunAsync("features", folder.Root, "--csv");

        Assert.Equal(1, csv.ExitCode);
        Assert.Contains("bad.wav", csv.Error, StringComparison.Ordinal);
        Assert.StartsWith($"\uFEFFfilename,{string.Join(',', FeatureVector.Names)},label\n", csv.Output, StringComparison.Ordinal);
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(csv.Output));
        var table = Dataset.Read(stream);
        Assert.Equal([("b.wav", "field recordings"), ("a_하나.wav", "Trot")], table.Rows.Select(row => (row.FileName, row.Label)));
        var json = await Cli.RunAsync("features", folder["트로트/a_하나.wav"]);
        var values = JsonDocument.Parse(json.Lines[0]).RootElement.GetProperty("features").EnumerateObject().Select(p => p.Value.GetDouble());
        Assert.Equal(values, table.Rows[1].Values.ToArray());
    }
}
