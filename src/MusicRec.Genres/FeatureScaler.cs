namespace MusicRec.Genres;

/// <summary>
/// Mean and standard deviation of each column; scales rows to mean 0 and deviation 1
/// (scikit-learn <c>StandardScaler</c>: population deviation, a constant column is divided by 1).
/// </summary>
public sealed class FeatureScaler
{
    /// <summary>Takes a scaler as it was stored.</summary>
    public FeatureScaler(ReadOnlySpan<double> means, ReadOnlySpan<double> deviations) => throw new NotImplementedException();

    /// <summary>Mean of each column.</summary>
    public ReadOnlySpan<double> Means => throw new NotImplementedException();

    /// <summary>Standard deviation of each column; 1 where the column is constant.</summary>
    public ReadOnlySpan<double> Deviations => throw new NotImplementedException();

    /// <summary>Fits to rows of equal length; at least one row.</summary>
    public static FeatureScaler Fit(IReadOnlyList<ReadOnlyMemory<double>> rows) => throw new NotImplementedException();

    /// <summary>Writes the scaled row; <paramref name="scaled"/> may be the same memory.</summary>
    public void Scale(ReadOnlySpan<double> row, Span<double> scaled) => throw new NotImplementedException();
}
