namespace MusicRec.Catalog.Similarity.Lists;

/// <summary>What keeps a list short.</summary>
public enum ListGap
{
    /// <summary>No song of the catalog is analysed yet.</summary>
    NoIndex,

    /// <summary>The database ranks the songs, and knows no rules.</summary>
    NotInMemory,

    /// <summary>No song was named that the list could be like, or none that is analysed.</summary>
    NoSeed,

    /// <summary>No other song may be in the list by its rules.</summary>
    Rules,
}

/// <summary>Why a list has fewer songs than asked for. <c>Matching = songs of the list + SameArtist + Versions</c>.</summary>
/// <param name="Gap">What keeps it short; the numbers are 0 unless it is <see cref="ListGap.Rules"/>.</param>
/// <param name="Others">Songs of the index beside those that the list is made from.</param>
/// <param name="Matching">Those of them that the filters let through.</param>
/// <param name="SameArtist">Those of these that were left out because their artist is in the list often enough.</param>
/// <param name="Versions">Those that were left out as versions of songs that are in the list or that it is made from.</param>
public sealed record ListShortage(ListGap Gap, int Others = 0, int Matching = 0, int SameArtist = 0, int Versions = 0);
