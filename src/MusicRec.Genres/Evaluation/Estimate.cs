namespace MusicRec.Genres.Evaluation;

/// <summary>A measured number with its 95 % interval.</summary>
/// <param name="Value">The number.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
public readonly record struct Estimate(double Value, double Low, double High);
