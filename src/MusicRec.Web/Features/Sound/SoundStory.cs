using MusicRec.Audio.Features;
using MusicRec.Audio.Portraits;
using MusicRec.Catalog.Similarity;
using MusicRec.Genres;

namespace MusicRec.Web.Features.Sound;

/// <summary>What a page tells of a song's sound.</summary>
/// <param name="Address">The song's address, beginning with <c>~/</c>: its audio and pictures are below it.</param>
/// <param name="Features">Its features.</param>
/// <param name="Tempo">Beats per minute, or null if not known.</param>
/// <param name="Portrait">What can be shown; null if the sound cannot be read now.</param>
/// <param name="IsBusy">Whether there is no portrait only because too many songs are being analysed.</param>
/// <param name="Moments">What the model says of each part of the portrait; empty without model.</param>
/// <param name="Index">The catalog it is compared with; null if there is none.</param>
internal sealed record SoundStory(
    string Address,
    FeatureVector Features,
    double? Tempo,
    SongPortrait? Portrait,
    bool IsBusy,
    IReadOnlyList<GenrePrediction> Moments,
    SimilarityIndex? Index)
{
    /// <summary>The key, or null without portrait or if all notes sound alike.</summary>
    public KeyEstimate? Key => Portrait is null ? null : KeyEstimate.Of(Portrait.PitchClasses);

    /// <summary>Whether words like "quiet" are meant beside the songs of the catalog; else beside those of GTZAN.</summary>
    public bool IsBesideCatalog => Index is { Count: > 1 };

    /// <summary>How much louder than others, in standard deviations.</summary>
    public double Loudness => LevelOf(AudioFeature.Rms, mean: 0.131, deviation: 0.066);

    /// <summary>How much brighter than others, in standard deviations.</summary>
    public double Brightness => LevelOf(AudioFeature.SpectralCentroid, mean: 2202, deviation: 716);

    /// <summary>Root mean square in dB below full scale; −100 for silence.</summary>
    public double Decibels => 20 * Math.Log10(Math.Max(1e-5, Features[AudioFeature.Rms]));

    /// <summary>Beside the catalog, or else beside the thousand songs of ten genres of GTZAN, whose mean and deviation are given.</summary>
    private double LevelOf(AudioFeature feature, double mean, double deviation) =>
        IsBesideCatalog ? Index!.LevelOf(feature, Features[feature]) : (Features[feature] - mean) / deviation;
}
