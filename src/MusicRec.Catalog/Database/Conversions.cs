using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using MusicRec.Audio.Features;
using MusicRec.Genres;

namespace MusicRec.Catalog.Database;

/// <summary>Times as milliseconds since 1970: SQLite compares and sorts numbers, not texts with offsets.</summary>
internal sealed class UtcMilliseconds() : ValueConverter<DateTimeOffset, long>(
    time => time.ToUnixTimeMilliseconds(), milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));

/// <summary>Feature vectors as their bytes.</summary>
internal sealed class FeatureBytes() : ValueConverter<FeatureVector, byte[]>(
    features => features.ToBytes(), bytes => FeatureVector.FromBytes(bytes));

/// <summary>Genre probabilities as JSON.</summary>
internal sealed class PredictionJson() : ValueConverter<IReadOnlyList<GenreProbability>, string>(
    prediction => Write(prediction), json => Read(json))
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Write(IReadOnlyList<GenreProbability> prediction) => JsonSerializer.Serialize(prediction, Options);

    private static GenreProbability[] Read(string json) => JsonSerializer.Deserialize<GenreProbability[]>(json, Options)!;
}

/// <summary>Predictions are replaced whole, never changed in place.</summary>
internal sealed class PredictionComparer() : ValueComparer<IReadOnlyList<GenreProbability>>(
    (left, right) => left == right || (left != null && right != null && left.SequenceEqual(right)),
    prediction => prediction.Aggregate(0, (hash, genre) => HashCode.Combine(hash, genre)),
    prediction => prediction);
