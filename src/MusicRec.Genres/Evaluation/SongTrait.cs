using System.Runtime.InteropServices;
using System.Text;

namespace MusicRec.Genres.Evaluation;

/// <summary>Something that two songs must not share across training and test part.</summary>
/// <param name="Name">What it is, in English.</param>
/// <param name="Of">Its value for a song; null when not known.</param>
internal sealed record SongTrait(string Name, Func<EvaluationSong, string?> Of)
{
    public static IReadOnlyList<SongTrait> All { get; } =
    [
        new("file name", song => song.Key),
        new("file hash", song => song.Hash),
        new("features", song => Convert.ToHexString(MemoryMarshal.AsBytes(song.Values.Span))),
        new("artist", song => song.Artist is { } artist ? FoldedArtist(artist) : null),
    ];

    /// <summary>Letters and digits in lower case, composed: "The Beatles" and "the beatles" are one artist.</summary>
    private static string? FoldedArtist(string artist)
    {
        var folded = string.Concat(artist.Normalize(NormalizationForm.FormKC).ToLowerInvariant().Where(char.IsLetterOrDigit));
        return folded.Length > 0 ? folded : null;
    }
}
