using MusicRec.Audio.Portraits;
using MusicRec.Genres;

namespace MusicRec.Web.Features.Sound;

/// <summary>The genre over time, as a table: a line for each genre that matters, a column for each part of the song.</summary>
/// <param name="Parts">The parts.</param>
/// <param name="Moments">What the model says of each.</param>
internal sealed record GenreMoments(IReadOnlyList<SongPart> Parts, IReadOnlyList<GenrePrediction> Moments)
{
    private const int MostGenres = 5;

    /// <summary>A genre that reaches less anywhere is left out.</summary>
    private const double LeastShown = 0.2;

    /// <summary>The genres to show, those with most of the song first.</summary>
    public IEnumerable<string> Genres() => Moments
        .SelectMany(moment => moment.Genres)
        .GroupBy(genre => genre.Label)
        .Where(moments => moments.Max(moment => moment.Probability) >= LeastShown)
        .OrderByDescending(moments => moments.Sum(moment => moment.Probability))
        .Take(MostGenres)
        .Select(moments => moments.Key);

    /// <summary>The genre that comes first in most parts, and in how many.</summary>
    public (string Genre, int Parts) Prevailing()
    {
        var prevailing = Moments.GroupBy(moment => moment.Top.Label).MaxBy(moments => moments.Count())!;
        return (prevailing.Key, prevailing.Count());
    }

    /// <summary>Probability of a genre in a part, in percent.</summary>
    public int Percent(string genre, int part) => (int)Math.Round(100 * Moments[part].Genres.First(one => one.Label == genre).Probability);
}
