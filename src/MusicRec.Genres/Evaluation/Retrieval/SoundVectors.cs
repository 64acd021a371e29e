namespace MusicRec.Genres.Evaluation.Retrieval;

/// <summary>A song in one kind of vector.</summary>
/// <param name="Song">The song as a whole.</param>
/// <param name="Windows">Its windows of three seconds, in their order; empty where they are not wanted.</param>
public sealed record SoundVectors(double[] Song, IReadOnlyList<double[]> Windows);

/// <summary>A kind of vector to measure retrieval with.</summary>
/// <param name="Name">How reports call it.</param>
/// <param name="Dimensions">Numbers in a vector.</param>
/// <param name="Of">From samples at 22 050 Hz, and whether windows are wanted; called from one thread at a time.</param>
public sealed record VectorKind(string Name, int Dimensions, Func<ReadOnlyMemory<float>, bool, SoundVectors> Of)
{
    /// <summary>
    /// The parts of a vector, one after the other. Songs are as alike as the weighted sum of the cosines of their parts says; by
    /// default the vector is one part.
    /// </summary>
    public IReadOnlyList<VectorPart> Parts { get; init; } = [new(Dimensions, 1)];

    /// <summary>Whether a vector is a normal distribution: so many means, then the covariances row by row, each up to the diagonal.</summary>
    public int? GaussianOf { get; init; }
}

/// <summary>A part of a vector.</summary>
/// <param name="Length">How many numbers.</param>
/// <param name="Weight">Of its cosine; the weights of a vector's parts sum to 1.</param>
public readonly record struct VectorPart(int Length, double Weight);

/// <summary>All vectors of a collection in one kind, as they are measured.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Songs">Each song as it is, with windows.</param>
/// <param name="Copies">By name of a copy: the vector of each song's copy, or null where it has none.</param>
public sealed record VectorTable(VectorKind Kind, IReadOnlyList<SoundVectors> Songs, IReadOnlyList<(string Name, IReadOnlyList<double[]?> Vectors)> Copies);
