using System.CommandLine;
using System.Globalization;
using MusicRec.Audio;
using MusicRec.Catalog.Demo;

namespace MusicRec.Cli.Benchmarks;

/// <summary>How many songs a minute are analysed by one thread and by more.</summary>
internal sealed class BatchBench() : BenchSection("batch", "Many songs from file to features, on one thread and on more.", Songs, Repeat)
{
    /// <summary>Different files; a batch goes through them again and again, so that they come from the file cache.</summary>
    private const int Files = 16;

    private static readonly Option<int> Songs = Numbers.Whole("--batch-songs", "Songs in a batch.", 200, most: 1_000_000);

    public override Task RunAsync(ParseResult arguments, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            using var folder = new SongFolder();
            var songs = arguments.GetValue(Songs);
            string[] files = [.. DemoSongs.Catalog.Take(Math.Min(Files, songs)).Select(folder.AddStereo)];
            SongAnalyzer.WarmUp(cancellationToken: cancellationToken);
            Measure(files, songs, Math.Min(arguments.GetValue(Repeat), 5), arguments.InvocationConfiguration.Output, cancellationToken);
        },
        cancellationToken);

    private static void Measure(string[] files, int songs, int repeats, TextWriter output, CancellationToken cancellationToken)
    {
        var timings = new Timings(output);
        timings.WriteHead($"batch, {songs} songs, 30 s, 44 100 Hz stereo WAV");
        var alone = 0.0;
        foreach (var threads in new[] { 1, 2, Environment.ProcessorCount }.Where(count => count <= Environment.ProcessorCount).Distinct())
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
            var median = timings.Measure(
                $"{threads} {(threads == 1 ? "thread" : "threads")}, each song", repeats, songs,
                _ => Parallel.For(0, songs, options, song => SongFiles.Analyze(files[song % files.Length], false, cancellationToken)), cancellationToken);
            alone = threads == 1 ? median : alone;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{60_000 / median:F0} songs a minute, {alone / median:F2} times one thread"));
        }
    }
}
