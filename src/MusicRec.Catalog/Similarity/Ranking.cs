namespace MusicRec.Catalog.Similarity;

/// <summary>In what order similar songs come.</summary>
public enum Ranking
{
    /// <summary>By the cosine of the scaled vectors, as in the original project.</summary>
    Cosine,

    /// <summary>
    /// By local scaling (Zelnik-Manor and Perona 2004; against hubs in music: Schnitzer et al. 2012): squared distance over the
    /// product of both songs' distances to their tenth neighbour. A song in a crowd must be nearer to be recommended than one
    /// that stands alone, so that few songs are in every list and few in none.
    /// </summary>
    LocalScaling,
}
