using MusicRec.Audio.Features;
using MusicRec.Catalog;
using MusicRec.Catalog.Similarity;
using MusicRec.Catalog.Uploads;
using MusicRec.Genres;

namespace MusicRec.Web.Api;

/// <summary>The analysis of an uploaded song.</summary>
/// <param name="Id">Identity; unguessable, so whoever knows it may read the analysis until it expires.</param>
/// <param name="FileName">Name of the uploaded file.</param>
/// <param name="Seconds">Length of the whole file.</param>
/// <param name="Features">The 26 features by name: means over the first 30 seconds.</param>
/// <param name="Genres">Probability of every genre, most likely first.</param>
/// <param name="Similar">The five catalog songs that sound most like it, best first.</param>
/// <param name="Sure">Whether the first genre can be relied on as much as the model's accuracy says.</param>
/// <param name="Doubt">Why not: <c>LowConfidence</c> (no genre stands out) or <c>UnlikeTraining</c> (silence, noise, a kind of sound the model does not know); null if sure or without a model.</param>
public sealed record AnalysisResponse(
    Guid Id,
    string FileName,
    double Seconds,
    IReadOnlyDictionary<string, double> Features,
    IReadOnlyList<GenreProbability> Genres,
    IReadOnlyList<SimilarSongResponse> Similar,
    bool Sure,
    string? Doubt)
{
    internal static AnalysisResponse Of(Upload upload, IEnumerable<SimilarSong> similar) => new(
        upload.Id, upload.FileName, upload.Seconds, FeaturesByName(upload.Features), upload.Prediction, [.. similar.Select(SimilarSongResponse.Of)],
        upload is { Doubt: PredictionDoubt.None, Prediction.Count: > 0 }, upload.Doubt == PredictionDoubt.None ? null : upload.Doubt.ToString());

    internal static Dictionary<string, double> FeaturesByName(FeatureVector features)
    {
        var byName = new Dictionary<string, double>();
        for (var i = 0; i < FeatureVector.FeatureCount; i++)
        {
            byName.Add(FeatureVector.Names[i], features.Means[i]);
        }

        return byName;
    }
}

/// <summary>A catalog song that sounds like the one asked for.</summary>
/// <param name="Id">Identity of the song.</param>
/// <param name="Title">Title.</param>
/// <param name="Artist">Artist; empty when unknown.</param>
/// <param name="Genre">The genre a person gave, else the most likely one.</param>
/// <param name="Similarity">Cosine of the scaled features, or the weighted mean of this and that of the embeddings, -1 to 1.</param>
/// <param name="AudioUrl">Where its sound is, on this server.</param>
/// <param name="Album">Album; empty when unknown.</param>
/// <param name="CoverUrl">Where its cover picture is, on this server; null if it has none.</param>
/// <param name="Contributions">What the similarity is made of, also that to several songs; null for the first song of a path.</param>
public sealed record SimilarSongResponse(
    Guid Id, string Title, string Artist, string? Genre, double Similarity, string AudioUrl, string Album, string? CoverUrl,
    ContributionsResponse? Contributions)
{
    internal static SimilarSongResponse Of(SimilarSong hit) => new(
        hit.Song.Id, hit.Song.Title, hit.Song.Artist, hit.Song.Genre, hit.Similarity, SongResponse.Audio(hit.Song),
        hit.Song.Album, SongResponse.Cover(hit.Song), hit.Why is { } why ? ContributionsResponse.Of(why) : null);
}

/// <summary>What each family of features adds to the similarity; negative where it holds the songs apart. They add up to the similarity.</summary>
/// <param name="Harmony">How evenly the twelve notes sound: <c>chroma_stft</c>.</param>
/// <param name="Loudness">Loudness: <c>rmse</c>.</param>
/// <param name="Brightness">Brightness: <c>spectral_centroid</c>, <c>spectral_bandwidth</c>, <c>rolloff</c>.</param>
/// <param name="Noisiness">Noisiness: <c>zero_crossing_rate</c>.</param>
/// <param name="Timbre">Colour of the sound: <c>mfcc1</c> to <c>mfcc20</c>.</param>
/// <param name="Sound">Sound and style as a whole, as a learned embedding hears them; null where songs are compared by the 26 features alone.</param>
public sealed record ContributionsResponse(double Harmony, double Loudness, double Brightness, double Noisiness, double Timbre, double? Sound)
{
    internal static ContributionsResponse Of(Explanation why)
    {
        double Of(FeatureFamily family) => why[family].Contribution;
        return new(
            Of(FeatureFamily.Harmony), Of(FeatureFamily.Loudness), Of(FeatureFamily.Brightness), Of(FeatureFamily.Noisiness), Of(FeatureFamily.Timbre),
            why.Families.FirstOrDefault(match => match.Family == FeatureFamily.Sound)?.Contribution);
    }
}

/// <summary>A song of the catalog.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Title">Title.</param>
/// <param name="Artist">Artist; empty when unknown.</param>
/// <param name="Genre">The genre a person gave, else the most likely one, null until analysed.</param>
/// <param name="Status"><c>queued</c>, <c>analyzing</c>, <c>indexed</c> or <c>failed</c>.</param>
/// <param name="AudioUrl">Where its sound is, on this server.</param>
/// <param name="Album">Album; empty when unknown.</param>
/// <param name="CoverUrl">Where its cover picture is, on this server; null if it has none.</param>
public sealed record SongResponse(
    Guid Id, string Title, string Artist, string? Genre, string Status, string AudioUrl, string Album, string? CoverUrl)
{
    internal static SongResponse Of(Song song) =>
        new(song.Id, song.Title, song.Artist, song.Genre, StatusOf(song), Audio(song), song.Album, Cover(song));

    internal static string Audio(Song song) => $"/songs/{song.Id}/audio";

    internal static string? Cover(Song song) => song.Cover is null ? null : $"/songs/{song.Id}/cover";

    internal static string StatusOf(Song song) => song.Status.ToString().ToLowerInvariant();
}

/// <summary>A page of songs.</summary>
/// <param name="Total">Songs that match, on all pages.</param>
/// <param name="Items">The songs of this page.</param>
public sealed record SongPageResponse(int Total, IReadOnlyList<SongResponse> Items);

/// <summary>A song of the catalog with what the analysis said.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Title">Title.</param>
/// <param name="Artist">Artist; empty when unknown.</param>
/// <param name="Genre">The genre a person gave, else the most likely one, null until analysed.</param>
/// <param name="Status"><c>queued</c>, <c>analyzing</c>, <c>indexed</c> or <c>failed</c>.</param>
/// <param name="AudioUrl">Where its sound is, on this server.</param>
/// <param name="Album">Album; empty when unknown.</param>
/// <param name="CoverUrl">Where its cover picture is, on this server; null if it has none.</param>
/// <param name="Seconds">Length of the whole file; 0 until analysed.</param>
/// <param name="Tempo">Beats per minute; null until analysed.</param>
/// <param name="Features">The 26 features by name; null until analysed.</param>
/// <param name="Genres">Probability of every genre, most likely first; empty until analysed.</param>
public sealed record SongDetailsResponse(
    Guid Id,
    string Title,
    string Artist,
    string? Genre,
    string Status,
    string AudioUrl,
    string Album,
    string? CoverUrl,
    double Seconds,
    double? Tempo,
    IReadOnlyDictionary<string, double>? Features,
    IReadOnlyList<GenreProbability> Genres)
{
    internal static SongDetailsResponse Of(Song song, FeatureVector? features) => new(
        song.Id, song.Title, song.Artist, song.Genre, SongResponse.StatusOf(song), SongResponse.Audio(song),
        song.Album, SongResponse.Cover(song), song.Seconds, song.Tempo, features is null ? null : AnalysisResponse.FeaturesByName(features), song.Prediction);
}
