using MusicRec.Catalog.Similarity;

namespace MusicRec.Web.Features.Why;

/// <summary>What a song is compared with.</summary>
internal enum WhyAsked
{
    /// <summary>The song that was asked about.</summary>
    Song,

    /// <summary>The middle of several songs, away from those that the list is to be less like.</summary>
    Sought,

    /// <summary>The song before it on a path.</summary>
    SongBefore,
}

/// <summary>Why a song is in a list.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Similarity">How similar it is to what was asked for.</param>
/// <param name="Why">What that is made of.</param>
/// <param name="Asked">What was asked for.</param>
internal sealed record SongWhy(string Title, double Similarity, Explanation Why, WhyAsked Asked);
