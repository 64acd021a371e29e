using MusicRec.Audio.Features;
using MusicRec.Genres.Evaluation.Retrieval;

namespace MusicRec.Catalog.Similarity;

/// <summary>In what order similar songs come.</summary>
public enum Ranking
{
    /// <summary>By the cosine of the 26 scaled means, as in the original project.</summary>
    Cosine,

    /// <summary>
    /// By local scaling (Zelnik-Manor and Perona 2004; against hubs in music: Schnitzer et al. 2012): squared distance over the
    /// product of both songs' distances to their tenth neighbour. A song in a crowd must be nearer to be recommended than one
    /// that stands alone, so that few songs are in every list and few in none.
    /// </summary>
    LocalScaling,

    /// <summary>By the weighted sum of that cosine and the cosine of what a learned embedding heard: <see cref="SoundRanking"/>.</summary>
    Sound,
}

/// <summary>How features and embedding are weighed when songs are ranked by both.</summary>
public static class SoundRanking
{
    /// <summary>
    /// Weight of the embedding's cosine. On the music that it was trained on more is better; a fifth is left to the features, which can
    /// say why songs are alike (docs/decisions/0018-sound-and-features.md).
    /// </summary>
    public const double Weight = 0.8;

    /// <summary>The 26 means, then the embedding.</summary>
    internal static readonly IReadOnlyList<VectorPart> Parts = [new(FeatureVector.FeatureCount, 1 - Weight), new(FeatureVector.SoundLength, Weight)];
}
