using System.CommandLine;
using System.Text.Json.Nodes;
using MusicRec.Genres;

namespace MusicRec.Cli.Commands;

internal static class PredictCommand
{
    private static readonly Argument<string[]> Files = SongFiles.Argument();
    private static readonly Option<string> Model = new("--model") { Description = "The model, e.g. model.onnx.", Required = true };

    public static Command Create()
    {
        var command = new Command("predict", "Print the genres of songs, most likely first, one JSON object per line.") { Model, Files };
        command.SetAction((arguments, cancellationToken) => Task.Run(() => Run(arguments, cancellationToken), cancellationToken));
        return command;
    }

    private static int Run(ParseResult arguments, CancellationToken cancellationToken)
    {
        var output = arguments.InvocationConfiguration.Output;
        using var classifier = GenreClassifier.Load(arguments.GetRequiredValue(Model));
        var exitCode = 0;
        foreach (var file in SongFiles.Expand(arguments.GetRequiredValue(Files)))
        {
            try
            {
                var features = SongFiles.Analyze(file, false, cancellationToken).Features;
                output.WriteJson(Describe(file, classifier.Classify(features)));
            }
            catch (Exception exception) when (SongFiles.IsRefusal(exception))
            {
                output.WriteJsonError(file, exception.Message);
                exitCode = 1;
            }
        }

        return exitCode;
    }

    private static JsonObject Describe(string file, GenrePrediction prediction) => new()
    {
        ["file"] = file,
        ["modelVersion"] = prediction.ModelVersion,
        ["doubt"] = prediction.Doubt switch
        {
            PredictionDoubt.LowConfidence => "low confidence",
            PredictionDoubt.UnlikeTraining => "unlike training",
            _ => null,
        },
        ["genres"] = new JsonArray([.. prediction.Genres.Select(genre =>
            new JsonObject { ["label"] = genre.Label, ["probability"] = genre.Probability })]),
    };
}
