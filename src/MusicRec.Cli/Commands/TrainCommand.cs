using System.CommandLine;
using System.Globalization;
using MusicRec.Audio.Features;
using MusicRec.Genres;
using MusicRec.Genres.Training;

namespace MusicRec.Cli.Commands;

internal static class TrainCommand
{
    /// <summary>With fewer songs four or less are held out by default, and one lucky guess moves a genre's accuracy by a quarter or more.</summary>
    private const int EnoughSongs = 20;

    private static readonly TrainingOptions Defaults = TrainingOptions.Improved;

    private static readonly Argument<string> Data = new("data.csv") { Description = "The table of songs, features and genres." };
    private static readonly Option<string> Out = new("--out") { Description = "The model to write, e.g. model.onnx; its facts go to a .json file beside it.", Required = true };
    private static readonly Option<int> Epochs = Numbers.Whole("--epochs", "Passes over the training part.", Defaults.Epochs, most: 1_000_000);
    private static readonly Option<int> BatchSize = Numbers.Whole("--batch", "Rows per step.", Defaults.BatchSize, most: 1_000_000);
    private static readonly Option<int[]> Layers = Numbers.List("--layers", "Neurons of each hidden layer [default: 256,128].", Defaults.HiddenLayers, most: 16384);
    private static readonly Option<int> Seed = Numbers.Whole("--seed", "Decides split, weights and order.", Defaults.Seed, least: 0);
    private static readonly Option<double> LearningRate = Numbers.Real("--learning-rate", "Step size of Adam.", Defaults.LearningRate, 1e-9, 10);
    private static readonly Option<double> TestShare = Numbers.Real("--test-share", "Share of each genre held out to judge the model; 0 trains on everything.", Defaults.HeldOutShare, 0, 0.9);

    private static readonly Option<bool> Plain = new("--plain") { Description = "The original project's single network, without regularisation, calibration and doubt (100 epochs, batch 128, layers 256,128,64,32,16)." };

    public static Command Create()
    {
        var command = new Command("train", "Train a genre model on a data.csv and write it as ONNX.")
        {
            Data, Out, Epochs, BatchSize, Layers, Seed, LearningRate, TestShare, Plain,
        };
        command.SetAction((arguments, cancellationToken) => Task.Run(() => Run(arguments, cancellationToken), cancellationToken));
        return command;
    }

    private static int Run(ParseResult arguments, CancellationToken cancellationToken)
    {
        var (output, error) = (arguments.InvocationConfiguration.Output, arguments.InvocationConfiguration.Error);
        var path = OutputFile.Prepare(arguments.GetRequiredValue(Out));
        var dataset = Read(arguments.GetRequiredValue(Data));
        WriteCounts(output, error, dataset);

        var result = Train(dataset, OptionsOf(arguments), error, cancellationToken);
        TrainingReport.WriteEpochs(output, result.History);
        TrainingReport.WriteAccuracy(output, result);
        if (result.Model.Limits is null)
        {
            error.WriteLine(result.Options.Folds == 0
                ? "This model never says 'not sure', not even of silence or noise: a single network leaves out no songs to learn it from."
                : $"This model never says 'not sure', not even of silence or noise: that takes {DoubtLimits.FewestSongs} songs to train on.");
        }

        ModelFiles.Save(path, result, ProvenanceOf(arguments.GetRequiredValue(Data), dataset));
        output.WriteLine($"written: {path} and {Path.GetFileName(Path.ChangeExtension(path, ".json"))}");
        return 0;
    }

    private static Dataset Read(string path)
    {
        var dataset = Dataset.Read(path);
        return dataset.Columns.SequenceEqual(FeatureVector.Names) || dataset.Columns.SequenceEqual(FeatureVector.ColumnNames)
            ? dataset
            : throw new CommandException(
                $"{path}: a model needs the {FeatureVector.FeatureCount} columns {FeatureVector.Names[0]} to {FeatureVector.Names[^1]} in their order, "
                + $"and may have {FeatureVector.ColumnNames[FeatureVector.FeatureCount]} to {FeatureVector.ColumnNames[^1]} after them.");
    }

    private static void WriteCounts(TextWriter output, TextWriter error, Dataset dataset)
    {
        var counts = GenreCounts.Of(dataset);
        output.WriteLine($"{counts.Sum(count => count.Songs)} songs: {string.Join(", ", counts.Select(count => $"{count.Label} {count.Songs}"))}");
        var small = counts.Where(count => count.Songs < EnoughSongs).ToArray();
        if (small.Length > 0)
        {
            error.WriteLine(
                $"Too few songs: {string.Join(", ", small.Select(count => $"{count.Label} {count.Songs}"))}. "
                + $"With fewer than {EnoughSongs} songs in a genre the model cannot learn it and the accuracy is little more than chance.");
        }
    }

    private static TrainingResult Train(Dataset dataset, TrainingOptions options, TextWriter error, CancellationToken cancellationToken)
    {
        using var line = new ProgressLine(error);
        var progress = new DirectProgress<EpochReport>(epoch =>
            line.Report(epoch.Epoch == epoch.Epochs, $"epoch {epoch.Epoch}/{epoch.Epochs}, loss {epoch.Loss:F4}, accuracy {epoch.Accuracy:P1}"));
        return GenreTrainer.Train(dataset, options, progress, cancellationToken);
    }

    private static TrainingOptions OptionsOf(ParseResult arguments)
    {
        var options = arguments.GetValue(Plain) ? new TrainingOptions() : TrainingOptions.Improved;
        return options with
        {
            HiddenLayers = Given(arguments, Layers, options.HiddenLayers.ToArray()),
            Epochs = Given(arguments, Epochs, options.Epochs),
            BatchSize = Given(arguments, BatchSize, options.BatchSize),
            LearningRate = Given(arguments, LearningRate, options.LearningRate),
            HeldOutShare = Given(arguments, TestShare, options.HeldOutShare),
            Seed = Given(arguments, Seed, options.Seed),
        };
    }

    private static T Given<T>(ParseResult arguments, Option<T> option, T otherwise) =>
        arguments.GetResult(option) is { Implicit: false } ? arguments.GetRequiredValue(option) : otherwise;

    private static Dictionary<string, string> ProvenanceOf(string path, Dataset dataset) => new()
    {
        ["data"] = $"{Path.GetFileName(path)}, {dataset.Rows.Count} songs, SHA-256 {dataset.Fingerprint()}",
        ["trained"] = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
    };
}
