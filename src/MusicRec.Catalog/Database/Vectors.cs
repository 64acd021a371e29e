namespace MusicRec.Catalog.Database;

/// <summary>The vectors of one feature version that are new since one index version, up to another.</summary>
/// <param name="FeatureVersion">Of all of them.</param>
/// <param name="After">The index version that holds none of them; 0 for all.</param>
/// <param name="UpTo">The index version that holds them all.</param>
internal readonly record struct VectorRange(int FeatureVersion, int After, int UpTo);

/// <summary>What of a vector is read.</summary>
internal enum VectorParts
{
    /// <summary>The song's id; the bytes are empty.</summary>
    Ids,

    /// <summary>The song's id, and of the bytes at least the numbers by which songs are compared.</summary>
    Compared,
}

/// <summary>Takes one vector; the bytes are gone afterwards. A row whose id is damaged comes with an empty id and no bytes.</summary>
internal delegate void VectorHandler(Guid songId, ReadOnlySpan<byte> bytes);
