using MusicRec.Audio;
using MusicRec.Audio.Features;
using MusicRec.Genres.Embedding;

namespace MusicRec.Genres.Evaluation.Retrieval;

/// <summary>The kinds of vectors this program makes.</summary>
public static class VectorKinds
{
    /// <summary>The means of the 26 features, by which the site recommends.</summary>
    public static VectorKind Features()
    {
        var analyzer = new SampleAnalyzer();
        return new VectorKind("26 features", FeatureVector.FeatureCount, (samples, windows) => new SoundVectors(
            analyzer.Features(samples.Span).Means.ToArray(),
            windows ? [.. Cut(samples).Select(window => analyzer.Features(window.Span).Means.ToArray())] : []));
    }

    /// <summary>What a learned embedding hears.</summary>
    /// <param name="name">How reports call it.</param>
    /// <param name="embedding">The model; stays the caller's.</param>
    public static VectorKind Embedding(string name, SoundEmbedding embedding)
    {
        var analyzer = new SampleAnalyzer();
        return new VectorKind(name, embedding.Dimensions, (samples, windows) =>
        {
            var heard = embedding.Hear(analyzer.Mel(samples.Span));
            return new SoundVectors(
                Array.ConvertAll(heard.Song, value => (double)value),
                windows ? [.. heard.Windows.Chunk(embedding.Dimensions).Select(row => Array.ConvertAll(row, value => (double)value))] : []);
        });
    }

    /// <summary>The classic without learning: means and deviations of the 26 features, and how the cepstral coefficients vary together.</summary>
    public static VectorKind Classic()
    {
        var analyzer = new SampleAnalyzer();
        var covariances = Covariances.Length(FeatureVersion.MfccCount);
        return new VectorKind("26 with deviations and covariances", FeatureVector.Length + covariances, (samples, windows) => new SoundVectors(
            Of(samples), windows ? [.. Cut(samples).Select(Of)] : []));

        double[] Of(ReadOnlyMemory<float> samples) =>
            [.. analyzer.Features(samples.Span).Values, .. Covariances.Of(analyzer.Mfccs(samples.Span), FeatureVersion.MfccCount).AsSpan(FeatureVersion.MfccCount)];
    }

    /// <summary>
    /// A song as the normal distribution of its cepstral coefficients, compared by how far two diverge and how near each is among the
    /// other's neighbours (Mandel and Ellis 2005, Schnitzer et al. 2012), as musly does with 25 coefficients.
    /// </summary>
    public static VectorKind Gaussian()
    {
        var analyzer = new SampleAnalyzer();
        const int Count = FeatureVersion.MfccCount;
        return new VectorKind("Gaussians of MFCCs", Count + Covariances.Length(Count), (samples, windows) => new SoundVectors(
            Of(samples), windows ? [.. Cut(samples).Select(Of)] : []))
        { GaussianOf = Count };

        double[] Of(ReadOnlyMemory<float> samples) => Covariances.Of(analyzer.Mfccs(samples.Span), Count);
    }

    /// <summary>Two tables of the same songs as one: as alike as the weighted sum of both says.</summary>
    /// <param name="name">How reports call it.</param>
    /// <param name="first">One kind, ranked by cosine.</param>
    /// <param name="second">The other, ranked by cosine.</param>
    /// <param name="weight">Of the second, 0 to 1.</param>
    public static VectorTable Fuse(string name, VectorTable first, VectorTable second, double weight)
    {
        var kind = new VectorKind(name, first.Kind.Dimensions + second.Kind.Dimensions, (samples, windows) =>
            Join(first.Kind.Of(samples, windows), second.Kind.Of(samples, windows)))
        {
            Parts = [new(first.Kind.Dimensions, 1 - weight), new(second.Kind.Dimensions, weight)],
        };
        return new VectorTable(
            kind,
            [.. first.Songs.Zip(second.Songs, Join)],
            [.. first.Copies.Zip(second.Copies, (one, other) => (one.Name, (IReadOnlyList<double[]?>)[.. one.Vectors.Zip(other.Vectors, JoinOrNull)]))]);

        static SoundVectors Join(SoundVectors one, SoundVectors other) => new(
            [.. one.Song, .. other.Song], [.. one.Windows.Zip(other.Windows, (left, right) => (double[])[.. left, .. right])]);

        static double[]? JoinOrNull(double[]? one, double[]? other) => one is null || other is null ? null : [.. one, .. other];
    }

    /// <summary>The samples below the windows of <see cref="MelWindows"/>.</summary>
    public static IEnumerable<ReadOnlyMemory<float>> Cut(ReadOnlyMemory<float> samples)
    {
        const int Length = MelWindows.Frames * FeatureVersion.HopLength;
        for (var start = 0; start + Length <= samples.Length; start += Length)
        {
            yield return samples.Slice(start, Length);
        }
    }
}
