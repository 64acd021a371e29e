namespace MusicRec.Catalog.Similarity;

/// <summary>
/// Why two songs are as similar as they are: the cosine of their scaled vectors is a sum over 26 features, so it is also the sum of
/// what each family of features adds to it.
/// </summary>
/// <param name="Families">All families in the order of <see cref="FeatureFamily"/>. Their contributions add up to the cosine (but for rounding, below 1e-12).</param>
public sealed record Explanation(IReadOnlyList<FamilyMatch> Families)
{
    /// <summary>One of the families.</summary>
    public FamilyMatch this[FeatureFamily family] => Families[(int)family];

    /// <summary>Explains the cosine of two songs.</summary>
    /// <param name="vectors">The table that it was computed with: its scaler, its lengths.</param>
    /// <param name="asked">Means of the song that was asked about.</param>
    /// <param name="found">Means of the song that was found.</param>
    internal static Explanation Of(UnitVectors vectors, ReadOnlySpan<double> asked, ReadOnlySpan<double> found)
    {
        var (askedUnit, foundUnit) = (new double[vectors.Dimensions], new double[vectors.Dimensions]);
        vectors.ToUnit(asked, askedUnit);
        vectors.ToUnit(found, foundUnit);
        var (askedScaled, foundScaled) = (new double[vectors.Dimensions], new double[vectors.Dimensions]);
        vectors.Scaler.Scale(asked, askedScaled);
        vectors.Scaler.Scale(found, foundScaled);
        return new Explanation(Array.ConvertAll(Enum.GetValues<FeatureFamily>(), family =>
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
