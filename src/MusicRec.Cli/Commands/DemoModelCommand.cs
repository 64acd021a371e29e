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

    private static readonly TrainingOptions Options = TrainingOptions.Improved;

    private static readonly Option<string> Out = new("--out") { Description = "The model to write, e.g. models/genre-demo.onnx; MODEL_CARD.md goes beside it.", Required = true };
    private static readonly Option<int> PerGenre = Numbers.Whole("--per-genre", "Songs of each genre to train on; a quarter as many are made to judge the model.", 60, least: 4, most: 10_000);

    public static Command Create()
    {
        var command = new Command("demo-model", "Train the demo model on songs the program makes itself, and write its model card.") { Out, PerGenre };
        command.SetAction((arguments, cancellationToken) => Task.Run(() => Run(arguments, cancellationToken), cancellationToken));
        return command;
    }

    /// <summary>Trains on a part of the songs, judges by the rest and by the demo catalog, and writes model, facts and card.</summary>
    internal static void Write(string path, Dataset others, Dataset catalog, int perGenre, TextWriter output, CancellationToken cancellationToken)
    {
        var result = GenreTrainer.Train(others, Options, cancellationToken: cancellationToken);
        var onCatalog = DemoDataset.Evaluate(result.Model, catalog);

        // No date: the same program makes the same bytes.
        ModelFiles.Save(path, result, new Dictionary<string, string> { ["data"] = TrainingDataOf(result) });
        File.WriteAllText(CardOf(path), Card(result, onCatalog, perGenre));
        TrainingReport.WriteAccuracy(output, result);
        output.WriteLine($"accuracy on the {onCatalog.Songs} songs of the demo catalog: {TrainingReport.Describe(onCatalog.Accuracy)}");
        output.WriteLine($"written: {path}, {Path.GetFileName(Path.ChangeExtension(path, ".json"))} and {Path.GetFileName(CardOf(path))}");
    }

    private static int Run(ParseResult arguments, CancellationToken cancellationToken)
    {
        var (output, error) = (arguments.InvocationConfiguration.Output, arguments.InvocationConfiguration.Error);
        var path = OutputFile.Prepare(arguments.GetRequiredValue(Out));
        var perGenre = arguments.GetValue(PerGenre);

        // The stratified split holds the further songs out: each song has a seed of its own, so none was seen before.
        var made = (int)Math.Ceiling(perGenre / (1 - Options.HeldOutShare));
        var others = DemoDataset.Make(DemoSongs.Others(made, FirstSeed), error, cancellationToken);
        var catalog = DemoDataset.Make(DemoSongs.Catalog, error, cancellationToken);
        Write(path, others, catalog, perGenre, output, cancellationToken);
        return 0;
    }

    private static string Card(TrainingResult result, GenreEvaluation onCatalog, int perGenre)
    {
        var options = result.Options;
        var facts = new ModelFacts(
            "Demo genre model",
            "A demo model, trained on songs the program made itself. It tells those songs apart and says little about real music: "
            + "train your own with `musicrec dataset` and `musicrec train`.",
            TrainingDataOf(result),
            $"{result.Split.HeldOut.Count} further songs, each with a seed of its own, that took no part in the training",
            $"musicrec demo-model --out models/genre-demo.onnx --per-genre {perGenre}");
        var network = $"dense {result.Model.Scaler.ColumnCount}-{string.Join('-', options.HiddenLayers)}-{result.Model.Labels.Count}, ReLU, softmax; mean of {options.Folds} networks, "
            + $"temperature {result.Model.Temperature:F2}; dropout {options.Dropout}, weight decay {options.WeightDecay}, mixup {options.Mixup}; "
            + $"Adam {options.LearningRate}, batch {options.BatchSize}, {options.Epochs} epochs, seed {options.Seed}";
        return ModelCard.Write(facts, network, result.HeldOut!, result.Baseline)
            + CalibrationOf(result)
            + $"\n## The demo catalog\n\nAccuracy on the {onCatalog.Songs} songs of the demo catalog, none of which it saw: {TrainingReport.Describe(onCatalog.Accuracy)}.\n";
    }

    private static string CalibrationOf(TrainingResult result)
    {
        var effect = result.Calibration!;
        return "\n## Calibration\n\n"
            + $"Expected calibration error on the same songs: {effect.EceBefore:P1} before, {effect.EceAfter:P1} after temperature scaling; "
            + $"log loss {effect.LogLossBefore:F3} and {effect.LogLossAfter:F3}.\n";
    }

    private static string TrainingDataOf(TrainingResult result) =>
        $"{result.Split.Training.Count} songs of {result.Model.Labels.Count} genres made by the program, seeds other than the demo catalog's";

    private static string CardOf(string path) => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, "MODEL_CARD.md");
}
