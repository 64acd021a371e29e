using System.CommandLine;
using MusicRec.Genres.Training;

namespace MusicRec.Cli.Commands;

internal static class DatasetCommand
{
    private static readonly Argument<string> Folder = new("dir") { Description = "A folder with one sub-folder per genre, named in Korean or English." };
    private static readonly Option<bool> Deviations = TableOptions.Deviations();
    private static readonly Option<string> Out = new("--out") { Description = "The table to write, e.g. data.csv.", Required = true };

    public static Command Create()
    {
        var command = new Command("dataset", "Make a data.csv from a folder with one sub-folder per genre.") { Folder, Deviations, Out };
        command.SetAction((arguments, cancellationToken) => Task.Run(() => Run(arguments, cancellationToken), cancellationToken));
        return command;
    }

    private static int Run(ParseResult arguments, CancellationToken cancellationToken)
    {
        var (output, error) = (arguments.InvocationConfiguration.Output, arguments.InvocationConfiguration.Error);
        var path = OutputFile.Prepare(arguments.GetRequiredValue(Out));
        var (dataset, refused) = Build(arguments.GetRequiredValue(Folder), error, cancellationToken);
        foreach (var file in refused)
        {
            error.WriteLine($"{file.Path}: {file.Reason}");
        }

        (arguments.GetValue(Deviations) ? dataset : dataset.MeansOnly()).Write(path);
        output.WriteLine($"{path}: {dataset.Rows.Count} songs, {refused.Count} refused");
        foreach (var (label, songs) in GenreCounts.Of(dataset))
        {
            output.WriteLine($"{label}\t{songs}");
        }

        return refused.Count == 0 ? 0 : 1;
    }

    private static (Dataset, IReadOnlyList<RefusedFile>) Build(string folder, TextWriter error, CancellationToken cancellationToken)
    {
        using var line = new ProgressLine(error);
        var progress = new DirectProgress<DatasetProgress>(report => line.Report("analysed", report.Done, report.Total));
        return DatasetBuilder.FromFolder(folder, progress, cancellationToken);
    }
}
