namespace MusicRec.Catalog.Similarity;

/// <summary>The index that answers now; replaced whole when a newer version is complete.</summary>
public sealed class LiveIndex
{
    /// <summary>The live version, or null while none was built.</summary>
    public SimilarityIndex? Current => throw new NotImplementedException();
}

/// <summary>An immutable snapshot of the catalog's vectors.</summary>
public sealed class SimilarityIndex
{
    /// <summary>Number of the version, counted from 1.</summary>
    public int Version => throw new NotImplementedException();

    /// <summary>Songs in it.</summary>
    public int Count => throw new NotImplementedException();

    /// <summary>When it was built, UTC.</summary>
    public DateTimeOffset BuiltAt => throw new NotImplementedException();
}
