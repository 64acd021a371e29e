using System.CommandLine;
using MusicRec.Catalog.Demo;
using MusicRec.Genres;
using MusicRec.Genres.Evaluation;
using MusicRec.Genres.Training;

namespace MusicRec.Cli.Commands;

internal static class DemoModelCommand
{
    /// <summary>Far from the seeds of the demo catalog.</summary>
    private const int FirstSeed = 100_000;

    /// <summary>Of the model's networks, and of everything else that is drawn.</summary>
    private const int Seed = 1;

    private const string Title = "Demo genre model";
    private const string Purpose =
        "A demo model, trained on songs the program made itself. It tells those songs apart and says little about real music: "
        + "train your own with `musicrec dataset` and `musicrec train`.";

    private static readonly Option<string> Out = new("--out") { Description = "The model to write, e.g. models/genre-demo.onnx; its facts (.json), its evaluation (.report.json) and MODEL_CARD.md go beside it.", Required = true };
    private static readonly Option<int> PerGenre = Numbers.Whole("--per-genre", "Songs of each genre to train on; a quarter as many are made to judge the model.", 60, least: 4, most: 10_000);
    private static readonly Option<string?> Report = new("--report") { Description = "A folder for the evaluation as a page: index.html and report.json." };

    public static Command Create()
    {
        var command = new Command("demo-model", "Train the demo model on songs the program makes itself, evaluate it as 'evaluate' does, and write its model card.") { Out, PerGenre, Report };
        command.SetAction((arguments, cancellationToken) => Task.Run(() => Run(arguments, cancellationToken), cancellationToken));
        return command;
    }

    /// <summary>The evaluation's file, beside the model.</summary>
    internal static string ReportOf(string path) => Path.ChangeExtension(path, ".report.json");

    /// <summary>The card made of a report.</summary>
    internal static string CardOf(EvaluationReport report) => ModelCard.Write(Title, Purpose, report);

    /// <summary>
    /// Evaluates on a part of the songs and on the demo catalog; writes the network that was measured, the report, and the card made
    /// of the report.
    /// </summary>
    /// <param name="path">The model to write.</param>
    /// <param name="others">The made songs.</param>
    /// <param name="catalog">The songs of the demo catalog.</param>
    /// <param name="perGenre">The first so many of each genre are trained on.</param>
    /// <param name="command">The command that makes it again.</param>
    /// <param name="error">For progress.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    internal static EvaluationReport Write(
        string path, Dataset others, Dataset catalog, int perGenre, string command, TextWriter error, CancellationToken cancellationToken)
    {
        var design = DemoDataset.Divide(others, perGenre, Seed);
        var (report, network) = EvaluationRun.WithProgress(error, progress => ModelComparison.RunAndKeep(
            design, others, "songs made by the program, seeds other than the demo catalog's", command, progress, cancellationToken));
        var onCatalog = DemoDataset.Evaluate(network.Model, catalog);
        report = report with
        {
            Rankings = EvaluationRun.Rankings(design, cancellationToken),
            Further = [new FurtherSongs("the demo catalog", onCatalog.Songs, onCatalog.Accuracy)],
        };

        // No date: the same program makes the same bytes.
        var data = $"{network.Split.Training.Count} songs of {network.Model.Labels.Count} genres made by the program, seeds other than the demo catalog's";
        ModelFiles.Save(path, network, new Dictionary<string, string> { ["data"] = data });
        File.WriteAllText(ReportOf(path), report.ToJson());
        File.WriteAllText(CardPathOf(path), CardOf(report));
        return report;
    }

    private static int Run(ParseResult arguments, CancellationToken cancellationToken)
    {
        var (output, error) = (arguments.InvocationConfiguration.Output, arguments.InvocationConfiguration.Error);
        var path = OutputFile.Prepare(arguments.GetRequiredValue(Out));
        var perGenre = arguments.GetValue(PerGenre);

        // Each song has a seed of its own, so none that the model is judged by was seen before.
        var others = DemoDataset.Make(DemoSongs.Others(perGenre + (perGenre + 3) / 4, FirstSeed), error, cancellationToken);
        var catalog = DemoDataset.Make(DemoSongs.Catalog, error, cancellationToken);
        var report = Write(path, others, catalog, perGenre, EvaluationRun.CommandLine(arguments), error, cancellationToken);
        EvaluationSummary.Write(output, report);
        output.WriteLine();
        output.WriteLine($"written: {path}, {Path.GetFileName(Path.ChangeExtension(path, ".json"))}, {Path.GetFileName(ReportOf(path))} and {Path.GetFileName(CardPathOf(path))}");
        if (arguments.GetValue(Report) is { } folder)
        {
            EvaluationRun.Write(folder, report);
            output.WriteLine($"written: {Path.Combine(folder, "index.html")} and report.json");
        }

        return 0;
    }

    private static string CardPathOf(string path) => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, "MODEL_CARD.md");
}
