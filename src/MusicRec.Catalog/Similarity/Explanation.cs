using MusicRec.Audio.Features;

namespace MusicRec.Catalog.Similarity;

/// <summary>
/// Why two songs are as similar as they are: the cosine of their scaled vectors is a sum over all numbers, so it is also the sum of
/// what each family of numbers adds to it. The same holds of a song and a direction between several songs.
/// </summary>
/// <param name="Families">The families that the songs are compared by, in the order of <see cref="FeatureFamily"/>. Their contributions add up to the cosine (but for rounding, below 1e-12).</param>
public sealed record Explanation(IReadOnlyList<FamilyMatch> Families)
{
    /// <summary>One of the families.</summary>
    public FamilyMatch this[FeatureFamily family] => Families[(int)family];

    /// <summary>Explains the cosine of two songs.</summary>
    /// <param name="vectors">The table that it was computed with: its scaler, its lengths.</param>
    /// <param name="asked">Numbers of the song that was asked about.</param>
    /// <param name="found">Numbers of the song that was found.</param>
    internal static Explanation Of(UnitVectors vectors, ReadOnlySpan<double> asked, ReadOnlySpan<double> found)
    {
        var scaled = new double[vectors.Dimensions];
        vectors.Scaler.Scale(vectors.Complete(asked), scaled);
        return Of(vectors, vectors.ToQuestion(asked), scaled, found);
    }

    /// <summary>Explains the cosine of a direction and a song.</summary>
    /// <param name="vectors">The table that it was computed with.</param>
    /// <param name="askedUnit">The direction, as <see cref="UnitVectors.ToQuestion"/> gives it. Of a sound that nothing is known of nothing is told.</param>
    /// <param name="askedScaled">The same as far from the catalog's mean as songs in that direction are, in the catalog's standard deviations.</param>
    /// <param name="found">Numbers of the song that was found.</param>
    internal static Explanation Of(UnitVectors vectors, double[] askedUnit, double[] askedScaled, ReadOnlySpan<double> found)
    {
        var (foundUnit, foundScaled) = (new double[vectors.Dimensions], new double[vectors.Dimensions]);
        vectors.ToUnit(found, foundUnit);
        vectors.Scaler.Scale(found, foundScaled);
        var isSilent = vectors.Dimensions > FeatureVector.FeatureCount && !askedUnit.AsSpan(FeatureVector.FeatureCount).ContainsAnyExcept(0.0);
        var known = isSilent ? FeatureVector.FeatureCount : vectors.Dimensions;
        return new Explanation(Array.ConvertAll(FeatureFamilies.Of(known).ToArray(), family =>
        {
            var columns = FeatureFamilies.ColumnsOf(family);
            var contribution = askedUnit[columns].Zip(foundUnit[columns], (left, right) => left * right).Sum();
            return new FamilyMatch(family, contribution, askedScaled[columns], foundScaled[columns]);
        }));
    }
}

/// <summary>What one family of features says of two songs.</summary>
/// <param name="Family">The family.</param>
/// <param name="Contribution">What it adds to the cosine; negative if it holds the songs apart.</param>
/// <param name="Asked">Its features in the song that was asked about, in standard deviations of the catalog from the catalog's mean.</param>
/// <param name="Found">The same of the song that was found.</param>
public sealed record FamilyMatch(FeatureFamily Family, double Contribution, IReadOnlyList<double> Asked, IReadOnlyList<double> Found)
{
    /// <summary>How far the asked song is above the catalog's mean, on average over the family.</summary>
    public double AskedLevel => Asked.Average();

    /// <summary>How far the found song is above the catalog's mean, on average over the family.</summary>
    public double FoundLevel => Found.Average();

    /// <summary>How far the songs are apart: the root mean square of the differences, in standard deviations of the catalog.</summary>
    public double Difference => Math.Sqrt(Asked.Zip(Found, (left, right) => (left - right) * (left - right)).Average());

    /// <summary>The cosine within the family, -1 to 1; 0 if one of the songs is exactly in the middle.</summary>
    public double Likeness
    {
        get
        {
            var lengths = Math.Sqrt(Asked.Sum(value => value * value) * Found.Sum(value => value * value));
            return lengths == 0 ? 0 : Math.Clamp(Asked.Zip(Found, (left, right) => left * right).Sum() / lengths, -1, 1);
        }
    }
}
