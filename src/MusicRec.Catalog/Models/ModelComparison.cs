using MathNet.Numerics.Distributions;
using MusicRec.Genres.Evaluation;

namespace MusicRec.Catalog.Models;

/// <summary>The live model on the songs a new one is judged by.</summary>
/// <param name="Version">The live model's version.</param>
/// <param name="Accuracy">Share of the songs it tells right.</param>
/// <param name="OnlyNewRight">Songs that only the new model tells right.</param>
/// <param name="OnlyLiveRight">Songs that only the live model tells right.</param>
/// <param name="UnknownGenres">Genres of the songs that the live model does not know.</param>
/// <param name="SeenSongs">Songs of the comparison that the live model was trained on, to its advantage; null if that is not known.</param>
public sealed record ModelComparison(
    string Version, Share Accuracy, int OnlyNewRight, int OnlyLiveRight, IReadOnlyList<string> UnknownGenres, int? SeenSongs)
{
    private const double Significance = 0.05;

    /// <summary>
    /// How likely models of equal worth would differ as much or more: McNemar's test in its exact form, by the binomial
    /// distribution of the songs on which they disagree, two-sided.
    /// </summary>
    public double PValue => OnlyNewRight + OnlyLiveRight == 0
        ? 1
        : Math.Min(1, 2 * Binomial.CDF(0.5, OnlyNewRight + OnlyLiveRight, Math.Min(OnlyNewRight, OnlyLiveRight)));

    /// <summary>Whether the difference is more than noise (5 %).</summary>
    public bool IsBeyondNoise => PValue < Significance;

    /// <summary>Compares answers.</summary>
    internal static ModelComparison Of(
        string version, IReadOnlyList<string> known, IReadOnlyList<string> truth, IReadOnlyList<string> newAnswers, IReadOnlyList<string> liveAnswers, int? seenSongs)
    {
        var right = Enumerable.Range(0, truth.Count).Select(i => (New: newAnswers[i] == truth[i], Live: liveAnswers[i] == truth[i])).ToList();
        return new ModelComparison(
            version,
            Share.Of(right.Count(song => song.Live), truth.Count),
            right.Count(song => song.New && !song.Live),
            right.Count(song => song.Live && !song.New),
            [.. truth.Distinct().Except(known)],
            seenSongs);
    }
}

/// <summary>What a training run yielded.</summary>
/// <param name="Version">Version of the new model.</param>
/// <param name="TrainedSongs">Songs it was trained on.</param>
/// <param name="HeldOutSongs">Songs it was judged by.</param>
/// <param name="IsByArtist">Whether no artist is in both parts.</param>
/// <param name="WithoutArtist">Songs whose artist is not known, so that they could not be kept apart.</param>
/// <param name="LeftOut">Genres with too few songs.</param>
/// <param name="Accuracy">Share of the held-out songs it tells right.</param>
/// <param name="Live">The model that was live, on the same songs; null if there was none.</param>
public sealed record TrainingOutcome(
    string Version, int TrainedSongs, int HeldOutSongs, bool IsByArtist, int WithoutArtist, IReadOnlyList<string> LeftOut,
    Share Accuracy, ModelComparison? Live);
