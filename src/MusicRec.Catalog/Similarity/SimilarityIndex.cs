using System.Runtime.Intrinsics;
using MusicRec.Audio.Features;
using MusicRec.Catalog.Indexing;
using MusicRec.Genres;

namespace MusicRec.Catalog.Similarity;

/// <summary>
/// An immutable snapshot of the catalog's vectors: scaled to mean 0 and deviation 1 by the scaler of its version, brought
/// to length 1, so that the cosine of two songs is a dot product. Readers take no lock.
/// </summary>
public sealed class SimilarityIndex
{
    private const int Dimensions = FeatureVector.Length;

    private readonly FeatureScaler _scaler;
    private readonly Guid[] _ids;
    private readonly double[] _units;
    private readonly Dictionary<Guid, int> _rows;

    /// <summary>Takes the songs of a version.</summary>
    /// <param name="version">Number, scaler and feature version.</param>
    /// <param name="songs">Songs in the order of their ids, with their vectors.</param>
    internal SimilarityIndex(IndexVersion version, IReadOnlyList<KeyValuePair<Guid, FeatureVector>> songs)
    {
        Version = version.Number;
        FeatureVersion = version.FeatureVersion;
        BuiltAt = version.BuiltAt;
        _scaler = version.Scaler;
        _ids = [.. songs.Select(song => song.Key)];
        _rows = _ids.Index().ToDictionary(row => row.Item, row => row.Index);
        _units = new double[_ids.Length * Dimensions];
        for (var row = 0; row < songs.Count; row++)
        {
            ToUnit(songs[row].Value, _units.AsSpan(row * Dimensions, Dimensions));
        }
    }

    /// <summary>Number of the version, counted from 1.</summary>
    public int Version { get; }

    /// <summary>Version of the features of all its vectors.</summary>
    public int FeatureVersion { get; }

    /// <summary>Songs in it.</summary>
    public int Count => _ids.Length;

    /// <summary>When it was built, UTC.</summary>
    public DateTimeOffset BuiltAt { get; }

    /// <summary>The songs nearest to a song of this index, without it; null if it is not in this index.</summary>
    internal IReadOnlyList<Hit>? Nearest(Guid song, int count) =>
        _rows.TryGetValue(song, out var row) ? Nearest(_units.AsSpan(row * Dimensions, Dimensions), count, row) : null;

    /// <summary>The songs nearest to a vector of the same feature version.</summary>
    internal IReadOnlyList<Hit> Nearest(FeatureVector features, int count)
    {
        Span<double> unit = stackalloc double[Dimensions];
        ToUnit(features, unit);
        return Nearest(unit, count, except: -1);
    }

    private List<Hit> Nearest(ReadOnlySpan<double> unit, int count, int except)
    {
        var best = new List<Hit>(count + 1);
        for (var row = 0; row < _ids.Length && count > 0; row++)
        {
            if (row == except)
            {
                continue;
            }

            var score = Dot(unit, _units.AsSpan(row * Dimensions, Dimensions));
            if (best.Count < count || score > best[^1].Similarity)
            {
                Insert(best, new Hit(_ids[row], score), count);
            }
        }

        return best;
    }

    /// <summary>Behind all hits of the same score: rows come in the order of ids, so ties stay in it.</summary>
    private static void Insert(List<Hit> best, Hit hit, int count)
    {
        var place = best.Count;
        while (place > 0 && best[place - 1].Similarity < hit.Similarity)
        {
            place--;
        }

        best.Insert(place, hit);
        if (best.Count > count)
        {
            best.RemoveAt(count);
        }
    }

    private void ToUnit(FeatureVector features, Span<double> unit)
    {
        _scaler.Scale(features.Values, unit);
        var squares = 0.0;
        foreach (var value in unit)
        {
            squares += value * value;
        }

        // A song in the exact middle of the catalog has no direction: its cosine with every song is 0.
        var length = Math.Sqrt(squares);
        foreach (ref var value in unit)
        {
            value = length > 0 ? value / length : 0;
        }
    }

    /// <summary>In one order of additions on every machine, so that equal songs have equal scores everywhere.</summary>
    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var sums = Vector256<double>.Zero;
        var i = 0;
        for (; i <= Dimensions - Vector256<double>.Count; i += Vector256<double>.Count)
        {
            sums += Vector256.Create(left[i..]) * Vector256.Create(right[i..]);
        }

        var sum = Vector256.Sum(sums);
        for (; i < Dimensions; i++)
        {
            sum += left[i] * right[i];
        }

        return Math.Clamp(sum, -1, 1);
    }
}

/// <summary>A song and its score.</summary>
/// <param name="Id">The song.</param>
/// <param name="Similarity">Cosine of the scaled vectors, -1 to 1.</param>
internal readonly record struct Hit(Guid Id, double Similarity);
