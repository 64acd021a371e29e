namespace MusicRec.Genres;

/// <summary>One of the eight genres of the product. Models may have other labels; these are the ones with translated names.</summary>
/// <param name="Name">English name and label in models and data sets, e.g. <c>Ballad</c>.</param>
/// <param name="KoreanName">Korean name, e.g. 발라드.</param>
public sealed record Genre(string Name, string KoreanName)
{
    /// <summary>The eight genres in the order used everywhere.</summary>
    public static IReadOnlyList<Genre> All { get; } =
    [
        new("Ballad", "발라드"), new("Dance", "댄스"), new("Folk", "포크"), new("Hiphop", "힙합"),
        new("Indie", "인디"), new("RnB", "알앤비"), new("Rock", "록"), new("Trot", "트로트"),
    ];
}
