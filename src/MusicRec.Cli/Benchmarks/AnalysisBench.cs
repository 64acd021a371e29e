using System.CommandLine;
using System.Globalization;
using MusicRec.Audio;
using MusicRec.Catalog.Demo;
using MusicRec.Genres.Embedding;

namespace MusicRec.Cli.Benchmarks;

/// <summary>How long the analysis of one song takes on one thread, stage by stage, and what it allocates.</summary>
internal sealed class AnalysisBench() : BenchSection("analysis", "One song from file to features, warm, on one thread, stage by stage.", Repeat, Songs)
{
    /// <summary>A song is quick: more repeats than of other things cost little and find the quiet moments of a machine.</summary>
    private const int RepeatsPerRepeat = 10;

    private static readonly Option<FileInfo[]> Songs = new Option<FileInfo[]>("--song") { Description = "A song of your own to measure, too, such as a FLAC or MP3 file." }.AcceptExistingOnly();

    private static readonly (string Name, Func<StageTimes, double> Of)[] Stages =
    [
        ("decode", times => times.Decode),
        ("resample", times => times.Resample),
        ("transform", times => times.Stft),
        ("mel bands and decibels", times => times.Mel),
        ("features", times => times.Features),
        ("tempo", times => times.Tempo),
    ];

    public override Task RunAsync(ParseResult arguments, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            using var folder = new SongFolder();
            SongAnalyzer.WarmUp(SoundEmbedding.Shared.HearSong, cancellationToken);
            var repeats = RepeatsPerRepeat * arguments.GetValue(Repeat);
            var output = arguments.InvocationConfiguration.Output;
            Measure("30 s, 44 100 Hz stereo WAV", folder.AddStereo(DemoSongs.Catalog[0]), repeats, output, cancellationToken);
            Measure("30 s, 22 050 Hz mono WAV", folder.AddMono(DemoSongs.Catalog[0]), repeats, output, cancellationToken);
            foreach (var song in arguments.GetValue(Songs) ?? [])
            {
                Measure(song.Name, song.FullName, repeats, output, cancellationToken);
            }
        },
        cancellationToken);

    private static void Measure(string song, string file, int repeats, TextWriter output, CancellationToken cancellationToken)
    {
        var timings = new Timings(output);
        timings.WriteHead($"analysis, {song}");
        AnalysisTimer.Run(file, repeats, cancellationToken);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var times = AnalysisTimer.Run(file, repeats, cancellationToken);
        var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / repeats;

        var best = times.Min(time => time.Total);
        foreach (var (name, of) in Stages)
        {
            var share = times.Average(of) / times.Average(time => time.Total);
            timings.Write(string.Create(CultureInfo.InvariantCulture, $"  {name}, {share:P0}"), [.. times.Select(of)]);
        }

        var median = timings.Write("file opened to features returned", [.. times.Select(time => time.Total)]);
        timings.Write("the same and the embedding", [.. AnalysisTimer.Run(file, repeats, cancellationToken, withSound: true).Select(time => time.Total)]);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{60_000 / median:F0} songs a minute at the median, {60_000 / best:F0} at the best; {bytes} bytes allocated per song"));
    }
}
