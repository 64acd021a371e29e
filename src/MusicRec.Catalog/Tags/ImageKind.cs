namespace MusicRec.Catalog.Tags;

/// <summary>Kinds of pictures that are kept as covers: what every browser shows, and nothing that can carry a script.</summary>
public enum ImageKind
{
    /// <summary>JPEG.</summary>
    Jpeg,

    /// <summary>PNG.</summary>
    Png,

    /// <summary>WebP.</summary>
    WebP,
}
