namespace MusicRec.Genres;

/// <summary>What a model says about one song.</summary>
/// <param name="Genres">All labels of the model, most likely first, ties in the model's order.</param>
/// <param name="ModelVersion">The <see cref="GenreModel.Version"/> that said it.</param>
/// <param name="Doubt">Why the answer is better called "not sure", or none.</param>
public sealed record GenrePrediction(IReadOnlyList<GenreProbability> Genres, string ModelVersion, PredictionDoubt Doubt = PredictionDoubt.None)
{
    /// <summary>The most likely genre.</summary>
    public GenreProbability Top => Genres[0];
}
