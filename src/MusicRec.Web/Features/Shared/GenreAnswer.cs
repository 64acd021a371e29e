using MusicRec.Genres;

namespace MusicRec.Web.Features.Shared;

/// <summary>What the model said of a song.</summary>
/// <param name="Genres">All probabilities, most likely first; at least one.</param>
/// <param name="Doubt">Why they are better called "not sure".</param>
internal sealed record GenreAnswer(IReadOnlyList<GenreProbability> Genres, PredictionDoubt Doubt)
{
    /// <summary>Probabilities of a sound unlike all the model knows mean nothing.</summary>
    public bool ShowsProbabilities => Doubt != PredictionDoubt.UnlikeTraining;
}
