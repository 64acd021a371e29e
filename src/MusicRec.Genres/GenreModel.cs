using System.Globalization;
using System.Text.Json;

namespace MusicRec.Genres;

/// <summary>What a model file says about itself: read from the metadata of the ONNX file.</summary>
/// <param name="Version">First 12 hexadecimal digits of the file's SHA-256.</param>
/// <param name="Labels">The genres in the order of the model's outputs.</param>
/// <param name="FeatureVersion">Version of the vectors the model was trained on: 1 for means alone, 2 for means and deviations.</param>
/// <param name="Provenance">What it was trained on and how, facts by key (e.g. <c>data</c>, <c>trained</c>, <c>accuracy</c>).</param>
public sealed record GenreModel(
    string Version,
    IReadOnlyList<string> Labels,
    int FeatureVersion,
    IReadOnlyDictionary<string, string> Provenance)
{
    internal const string LabelsKey = "labels";
    internal const string FeatureVersionKey = "feature_version";
    internal const string LeastProbabilityKey = "least_probability";
    internal const string MostDistanceKey = "most_distance";

    /// <summary>From where on the model is not sure; null if the file does not say, then it never doubts.</summary>
    public DoubtLimits? Limits { get; init; }

    /// <summary>Reads the metadata of a file.</summary>
    /// <exception cref="InvalidDataException">Labels or feature version are missing or unreadable.</exception>
    internal static GenreModel Of(string sha256, IReadOnlyDictionary<string, string> metadata)
    {
        try
        {
            var labels = JsonSerializer.Deserialize<string[]>(metadata[LabelsKey]);
            var version = int.Parse(metadata[FeatureVersionKey], CultureInfo.InvariantCulture);
            return labels is { Length: > 1 } && !labels.Any(string.IsNullOrWhiteSpace) && labels.Distinct().Count() == labels.Length
                ? new GenreModel(sha256[..12], labels, version, metadata) { Limits = LimitsOf(metadata) }
                : throw new InvalidDataException("The model's labels are not the different names of two or more genres.");
        }
        catch (Exception exception) when (exception is KeyNotFoundException or JsonException or FormatException or OverflowException)
        {
            throw new InvalidDataException("The file is no genre model of this program: its labels or its feature version are missing.", exception);
        }
    }

    private static DoubtLimits? LimitsOf(IReadOnlyDictionary<string, string> metadata)
    {
        var known = metadata.TryGetValue(LeastProbabilityKey, out var probability);
        if (known != metadata.TryGetValue(MostDistanceKey, out var distance))
        {
            throw new InvalidDataException("Of the model's limits of doubt one is missing.");
        }

        return known ? new DoubtLimits(Limit(probability!, 1), Limit(distance!, double.MaxValue)) : null;
    }

    private static double Limit(string text, double most) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= 0 && value <= most
            ? value
            : throw new InvalidDataException($"The model's limit of doubt '{text}' is not a number from 0 to {most.ToString(CultureInfo.InvariantCulture)}.");
}
