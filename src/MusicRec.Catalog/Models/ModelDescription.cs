using System.Text.Json;
using System.Text.Json.Serialization;
using MusicRec.Genres;
using MusicRec.Genres.Evaluation;
using MusicRec.Genres.Training;

namespace MusicRec.Catalog.Models;

/// <summary>What the JSON file beside a model says.</summary>
/// <param name="Sha256">Hash of the model file.</param>
/// <param name="Labels">Its genres.</param>
/// <param name="FeatureVersion">Version of the vectors it was trained on.</param>
/// <param name="Metadata">What it was trained on and how, facts by key.</param>
/// <param name="Evaluation">How good it was on songs it never saw; null if that was not measured.</param>
/// <param name="Calibration">How true its probabilities were on such songs; null if that was not measured.</param>
public sealed record ModelDescription(
    string? Sha256, IReadOnlyList<string>? Labels, int FeatureVersion, IReadOnlyDictionary<string, string>? Metadata, GenreEvaluation? Evaluation,
    CalibrationEffect? Calibration)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>The description of a model file; null if it is missing or no such description.</summary>
    internal static ModelDescription? TryRead(string modelPath)
    {
        try
        {
            return JsonSerializer.Deserialize<ModelDescription>(File.ReadAllBytes(Path.ChangeExtension(modelPath, ".json")), Json);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>The facts as the model file has them too.</summary>
    public GenreModel ToModel(string version) => new(version, Labels ?? [], FeatureVersion, Metadata ?? new Dictionary<string, string>());

    /// <summary>A fact, or null.</summary>
    public string? Fact(string key) => Metadata?.GetValueOrDefault(key);
}
