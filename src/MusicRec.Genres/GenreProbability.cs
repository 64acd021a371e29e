namespace MusicRec.Genres;

/// <summary>How likely a model holds one genre.</summary>
/// <param name="Label">The model's label.</param>
/// <param name="Probability">0 to 1; the probabilities of all labels add up to 1.</param>
public sealed record GenreProbability(string Label, double Probability);
