using System.CommandLine;
using MusicRec.Catalog.Demo;

namespace MusicRec.Cli.Commands;

internal static class DemoCommand
{
    private static readonly Argument<string> Folder = new("dir") { Description = "Where to write; made if missing." };

    public static Command Create()
    {
        var command = new Command("demo", "Write the demo songs as WAV files, a folder per genre.") { Folder };
        command.SetAction((arguments, cancellationToken) => Task.Run(() => Run(arguments, cancellationToken), cancellationToken));
        return command;
    }

    private static int Run(ParseResult arguments, CancellationToken cancellationToken)
    {
        var (folder, done) = (arguments.GetRequiredValue(Folder), 0);
        using (var line = new ProgressLine(arguments.InvocationConfiguration.Error))
        {
            var options = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount };
            Parallel.ForEach(DemoSongs.Catalog, options, song =>
            {
                Write(folder, song);
                line.Report("written", Interlocked.Increment(ref done), DemoSongs.Catalog.Count);
            });
        }

        arguments.InvocationConfiguration.Output.WriteLine($"{folder}: {DemoSongs.Catalog.Count} songs");
        return 0;
    }

    /// <summary>A song is there whole or not at all.</summary>
    private static void Write(string folder, DemoSong song)
    {
        var genre = Directory.CreateDirectory(Path.Combine(folder, song.Genre)).FullName;
        var path = Path.Combine(genre, $"{song.Artist}_{song.Title}.wav");
        var part = path + ".part";
        try
        {
            using (var wav = File.Create(part))
            {
                DemoSongs.Write(song, wav);
            }

            File.Move(part, path, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }
}
