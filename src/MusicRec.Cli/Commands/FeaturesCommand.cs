using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using MusicRec.Audio;
using MusicRec.Audio.Features;
using MusicRec.Genres;
using MusicRec.Genres.Training;

namespace MusicRec.Cli.Commands;

internal static class FeaturesCommand
{
    private static readonly Argument<string[]> Files = SongFiles.Argument();
    private static readonly Option<bool> Csv = new("--csv") { Description = "Write rows of a data.csv; the label is the file's folder." };
    private static readonly Option<bool> Deviations = TableOptions.Deviations();
    private static readonly Option<bool> Sound = new("--sound") { Description = "Add what the learned embedding hears: 64 numbers." };
    private static readonly Option<bool> Time = new("--time") { Description = "Add the milliseconds of each stage, medians over warm repeats on one thread." };
    private static readonly Option<int> Repeat = Numbers.Whole("--repeat", "Timed repeats.", 5, most: 100_000);

    public static Command Create()
    {
        var command = new Command("features", "Print the 26 features of songs, one JSON object per line.") { Files, Csv, Deviations, Sound, Time, Repeat };
        command.Validators.Add(result =>
        {
            if (result.GetValue(Csv) && (result.GetValue(Time) || result.GetValue(Sound)))
            {
                result.AddError("--csv has no room for --time and --sound.");
            }
        });
        command.SetAction((arguments, cancellationToken) => Task.Run(() => Run(arguments, cancellationToken), cancellationToken));
        return command;
    }

    private static int Run(ParseResult arguments, CancellationToken cancellationToken)
    {
        var files = SongFiles.Expand(arguments.GetRequiredValue(Files));
        var (output, error) = (arguments.InvocationConfiguration.Output, arguments.InvocationConfiguration.Error);
        var deviations = arguments.GetValue(Deviations);
        return arguments.GetValue(Csv)
            ? WriteCsv(files, deviations, output, error, cancellationToken)
            : WriteJson(files, deviations, arguments.GetValue(Sound), arguments.GetValue(Time) ? arguments.GetValue(Repeat) : 0, output, cancellationToken);
    }

    private static int WriteJson(IEnumerable<string> files, bool deviations, bool sound, int repeats, TextWriter output, CancellationToken cancellationToken)
    {
        if (repeats > 0)
        {
            SongAnalyzer.WarmUp(cancellationToken: cancellationToken);
        }

        var exitCode = 0;
        foreach (var file in files)
        {
            try
            {
                var song = SongFiles.Analyze(file, sound, cancellationToken);
                var line = Describe(file, song);
                if (deviations)
                {
                    line["deviations"] = ByName(song.Features.Deviations);
                }

                if (sound)
                {
                    line["sound"] = new JsonArray([.. song.Features.Sound.ToArray().Select(value => JsonValue.Create((double)value))]);
                }

                if (repeats > 0)
                {
                    line["ms"] = Describe(AnalysisTimer.Measure(file, repeats, cancellationToken));
                }

                output.WriteJson(line);
            }
            catch (Exception exception) when (SongFiles.IsRefusal(exception))
            {
                output.WriteJsonError(file, exception.Message);
                exitCode = 1;
            }
        }

        return exitCode;
    }

    private static int WriteCsv(IEnumerable<string> files, bool deviations, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var exitCode = 0;
        var songs = new List<(string, FeatureVector, string)>();
        foreach (var file in files)
        {
            try
            {
                songs.Add((Path.GetFileName(file), SongFiles.Analyze(file, false, cancellationToken).Features, LabelOf(file)));
            }
            catch (Exception exception) when (SongFiles.IsRefusal(exception))
            {
                error.WriteLine($"{file}: {exception.Message}");
                exitCode = 1;
            }
        }

        using var table = new MemoryStream();
        (deviations ? Dataset.FromVectors(songs) : Dataset.FromVectors(songs).MeansOnly()).Write(table);
        output.Write(Encoding.UTF8.GetString(table.ToArray()));
        return exitCode;
    }

    private static string LabelOf(string file) =>
        Genre.LabelOf(Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(file)))) ?? "";

    private static JsonObject Describe(string file, SongAnalysis song) => new()
    {
        ["file"] = file,
        ["sampleRate"] = song.SampleRate,
        ["seconds"] = song.Seconds,
        ["featureVersion"] = song.Features.Version,
        ["tempo"] = song.Tempo,
        ["tuning"] = song.Tuning,
        ["features"] = ByName(song.Features.Means),
    };

    private static JsonObject ByName(ReadOnlySpan<double> values)
    {
        var byName = new JsonObject();
        for (var i = 0; i < values.Length; i++)
        {
            byName.Add(FeatureVector.Names[i], values[i]);
        }

        return byName;
    }

    private static JsonObject Describe(StageTimes times) => new()
    {
        ["decode"] = times.Decode,
        ["resample"] = times.Resample,
        ["stft"] = times.Stft,
        ["mel"] = times.Mel,
        ["features"] = times.Features,
        ["tempo"] = times.Tempo,
        ["total"] = times.Total,
    };
}
