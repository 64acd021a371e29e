using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MusicRec.Audio.Features;
using MusicRec.Genres.Evaluation;
using MusicRec.Genres.Training;

namespace MusicRec.Genres;

/// <summary>
/// A model on disk: the ONNX file and beside it a JSON file with the same name that says in plain text what is inside,
/// with the hash of the ONNX file.
/// </summary>
public static class ModelFiles
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,

        // The recall of a genre without held-out songs is NaN.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>
    /// Writes both files, each complete or not at all. Beside the given facts the metadata say <c>songs</c> (trained on),
    /// <c>network</c>, <c>epochs</c>, <c>batch</c>, <c>seed</c>, <c>members</c>, <c>temperature</c>, the limits of doubt
    /// <c>least_probability</c> and <c>most_distance</c> if they were found, and, if the model was evaluated, <c>accuracy</c> (0 to 1) on
    /// <c>accuracy_songs</c> songs it never saw with its 95 % interval <c>accuracy_low</c>, <c>accuracy_high</c>.
    /// </summary>
    /// <param name="path">Path of the ONNX file.</param>
    /// <param name="result">What was trained.</param>
    /// <param name="provenance">Facts to keep: <c>data</c> (what it was trained on, in words), <c>trained</c> (UTC) and others.</param>
    /// <param name="evaluation">How good it is on songs it never saw; the held-out part of the training run if null.</param>
    public static void Save(
        string path, TrainingResult result, IReadOnlyDictionary<string, string> provenance, GenreEvaluation? evaluation = null)
    {
        evaluation ??= result.HeldOut;
        var metadata = new Dictionary<string, string>(provenance)
        {
            [GenreModel.LabelsKey] = JsonSerializer.Serialize(result.Model.Labels, Json),
            [GenreModel.FeatureVersionKey] = VersionOf(result.Model).ToString(CultureInfo.InvariantCulture),
            ["songs"] = result.Split.Training.Count.ToString(CultureInfo.InvariantCulture),
            ["network"] = string.Join('-', [result.Model.Scaler.ColumnCount, .. result.Options.HiddenLayers, result.Model.Labels.Count]),
            ["epochs"] = result.Options.Epochs.ToString(CultureInfo.InvariantCulture),
            ["batch"] = result.Options.BatchSize.ToString(CultureInfo.InvariantCulture),
            ["seed"] = result.Options.Seed.ToString(CultureInfo.InvariantCulture),
            ["members"] = result.Model.Members.Count.ToString(CultureInfo.InvariantCulture),
            ["temperature"] = Number(result.Model.Temperature),
        };
        if (result.Model.Limits is { } limits)
        {
            metadata[GenreModel.LeastProbabilityKey] = limits.LeastProbability.ToString("R", CultureInfo.InvariantCulture);
            metadata[GenreModel.MostDistanceKey] = limits.MostDistance.ToString("R", CultureInfo.InvariantCulture);
        }

        if (evaluation is not null)
        {
            metadata["accuracy"] = Number(evaluation.Accuracy.Value);
            metadata["accuracy_low"] = Number(evaluation.Accuracy.Low);
            metadata["accuracy_high"] = Number(evaluation.Accuracy.High);
            metadata["accuracy_songs"] = evaluation.Songs.ToString(CultureInfo.InvariantCulture);
        }

        var onnx = OnnxWriter.Write(result.Model, metadata);
        var description = new
        {
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(onnx)),
            result.Model.Labels,
            FeatureVersion = VersionOf(result.Model),
            FeatureNames = FeatureVector.ColumnNames.Take(result.Model.Scaler.ColumnCount),
            ScalerMeans = result.Model.Scaler.Means.ToArray(),
            ScalerDeviations = result.Model.Scaler.Deviations.ToArray(),
            Metadata = metadata,
            Evaluation = evaluation,
            result.Calibration,
        };
        Replace(path, onnx);
        Replace(Path.ChangeExtension(path, ".json"), JsonSerializer.SerializeToUtf8Bytes(description, Json));
    }

    private static string Number(double share) => share.ToString("F4", CultureInfo.InvariantCulture);

    /// <summary>Of the means alone, or of means and deviations.</summary>
    private static int VersionOf(TrainedModel model) =>
        model.Scaler.ColumnCount == FeatureVector.FeatureCount ? FeatureVersion.MeansOnly : FeatureVersion.WithDeviations;

    /// <summary>Refuses a file whose JSON file names another hash.</summary>
    /// <exception cref="InvalidDataException">The hash differs.</exception>
    internal static void RequireHash(string path, string sha256)
    {
        var description = Path.ChangeExtension(path, ".json");
        if (!File.Exists(description))
        {
            return;
        }

        if (ReadHash(description) != sha256)
        {
            throw new InvalidDataException($"{Path.GetFileName(path)} is not the file that {Path.GetFileName(description)} describes: it was changed or damaged.");
        }
    }

    private static string? ReadHash(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<StoredHash>(File.ReadAllBytes(path), Json)?.Sha256;
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{Path.GetFileName(path)} is damaged.", exception);
        }
    }

    private static void Replace(string path, byte[] content)
    {
        var temporary = path + ".tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private sealed record StoredHash(string? Sha256);
}
