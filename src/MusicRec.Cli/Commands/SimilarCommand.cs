using System.CommandLine;
using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using MusicRec.Genres.Training;

namespace MusicRec.Cli.Commands;

internal static class SimilarCommand
{
    private static readonly Argument<string> Data = new("data.csv") { Description = "The table of songs and features." };
    private static readonly Option<string?> Song = new("--song") { Description = "File name of the song to ask about, as in the table." };
    private static readonly Option<int> Count = CountOption();
    private static readonly Option<string?> Matrix = new("--matrix") { Description = "Write the similarities of all songs with all songs to this file." };

    public static Command Create()
    {
        var command = new Command("similar", "Print the songs of a data.csv most similar to one of them: rank, name, label, cosine; tabs between.")
        {
            Data, Song, Count, Matrix,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(Song) is null && result.GetValue(Matrix) is null)
            {
                result.AddError("--song or --matrix is wanted.");
            }
        });
        command.SetAction((arguments, cancellationToken) => Task.Run(() => Run(arguments, cancellationToken), cancellationToken));
        return command;
    }

    private static int Run(ParseResult arguments, CancellationToken cancellationToken)
    {
        var dataset = Dataset.Read(arguments.GetRequiredValue(Data));
        var table = new CosineTable(dataset);
        if (arguments.GetValue(Song) is { } name)
        {
            WriteNearest(arguments.InvocationConfiguration.Output, dataset, table, RowOf(dataset, name), arguments.GetValue(Count));
        }

        if (arguments.GetValue(Matrix) is { } path)
        {
            WriteMatrix(OutputFile.Prepare(path), dataset, table, cancellationToken);
        }

        return 0;
    }

    private static int RowOf(Dataset dataset, string name)
    {
        var composed = name.Normalize(NormalizationForm.FormC);
        var rows = Enumerable.Range(0, dataset.Rows.Count).Where(row => dataset.Rows[row].FileName == composed).ToArray();
        return rows switch
        {
            [var row] => row,
            [] => throw new CommandException($"No row is named '{name}'."),
            _ => throw new CommandException($"{rows.Length} rows are named '{name}'; a name must be unique to ask about it."),
        };
    }

    private static void WriteNearest(TextWriter output, Dataset dataset, CosineTable table, int row, int count)
    {
        foreach (var (rank, neighbour) in table.Nearest(row, count).Index())
        {
            var song = dataset.Rows[neighbour.Row];
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rank + 1}\t{song.FileName}\t{song.Label}\t{neighbour.Similarity:R}"));
        }
    }

    private static void WriteMatrix(string path, Dataset dataset, CosineTable table, CancellationToken cancellationToken)
    {
        using var writer = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        using var csv = new CsvWriter(writer, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" });
        WriteRecord(csv, "filename", dataset.Rows.Select(song => CellText.Write(song.FileName)));
        for (var row = 0; row < dataset.Rows.Count; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var cosines = Enumerable.Range(0, dataset.Rows.Count).Select(other => table[row, other].ToString("R", CultureInfo.InvariantCulture));
            WriteRecord(csv, CellText.Write(dataset.Rows[row].FileName), cosines);
        }
    }

    private static void WriteRecord(CsvWriter csv, string name, IEnumerable<string> fields)
    {
        csv.WriteField(name);
        foreach (var field in fields)
        {
            csv.WriteField(field);
        }

        csv.NextRecord();
    }

    private static Option<int> CountOption()
    {
        var option = Numbers.Whole("-n", "Songs to print.", 5);
        option.Aliases.Add("--count");
        return option;
    }
}
