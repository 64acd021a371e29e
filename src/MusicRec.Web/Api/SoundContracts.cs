using MusicRec.Audio.Features;
using MusicRec.Catalog.Map;
using MusicRec.Genres;
using MusicRec.Web.Features.Sound;

namespace MusicRec.Web.Api;

/// <summary>What can be told of a song's sound: what pages show as pictures and words.</summary>
/// <param name="Tempo">Beats per minute; null if unknown.</param>
/// <param name="Decibels">Loudness: root mean square in dB below full scale; -100 for silence.</param>
/// <param name="Loudness">Beside the other songs, in standard deviations: above 0 is louder.</param>
/// <param name="Brightness">Beside the other songs, in standard deviations: above 0 is brighter.</param>
/// <param name="Key">The estimated key; null if the sound has none, or cannot be read now.</param>
/// <param name="Seconds">Seconds that the following describe, 30 at most; null, as they are, while the sound cannot be read.</param>
/// <param name="Peaks">The waveform: the largest sample of each of up to 324 equally long parts, 0 to 255 for full scale.</param>
/// <param name="Notes">How much each of the twelve notes sounds on average, C first, 0 to 1.</param>
/// <param name="Spectrum">Mean power at 120 frequencies, each 4.8 % above the one before, from 40 Hz to 11 025 Hz: dB below the strongest, 0 to -80.</param>
/// <param name="Moments">What the model says of every 3 seconds; empty without a model.</param>
/// <param name="MelUrl">The mel spectrogram as a picture, on this server.</param>
/// <param name="ChromaUrl">The notes over time as a picture, on this server.</param>
public sealed record SoundResponse(
    double? Tempo,
    double Decibels,
    double Loudness,
    double Brightness,
    KeyResponse? Key,
    double? Seconds,
    IReadOnlyList<int>? Peaks,
    IReadOnlyList<double>? Notes,
    IReadOnlyList<double>? Spectrum,
    IReadOnlyList<MomentResponse> Moments,
    string MelUrl,
    string ChromaUrl)
{
    internal static SoundResponse Of(SoundStory story)
    {
        var portrait = story.Portrait;
        var address = story.Address.TrimStart('~');
        return new(
            story.Tempo, story.Decibels, story.Loudness, story.Brightness, KeyResponse.Of(story.Key),
            portrait?.Seconds,
            portrait is null ? null : [.. portrait.Peaks.ToArray()],
            portrait?.PitchClasses,
            portrait is null ? null : [.. portrait.Spectrum.ToArray().Select(level => Math.Round((level / 255.0 - 1) * Audio.Portraits.SongPortrait.DynamicRange, 2))],
            portrait is null ? [] : [.. portrait.Parts.Zip(story.Moments, (part, moment) => new MomentResponse(part.Start, part.End, moment.Genres, moment.Doubt == PredictionDoubt.None))],
            $"{address}/mel.png",
            $"{address}/chroma.png");
    }
}

/// <summary>An estimated key.</summary>
/// <param name="Best">The key that fits best, such as <c>F# minor</c>.</param>
/// <param name="Second">The key that fits second best.</param>
/// <param name="Sure">Whether the best is so much better that it may stand alone.</param>
public sealed record KeyResponse(string Best, string Second, bool Sure)
{
    private static readonly string[] Tonics = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"];

    internal static KeyResponse? Of(KeyEstimate? key) => key is { HasKey: true } ? new(NameOf(key.Best), NameOf(key.Second), key.IsSure) : null;

    private static string NameOf(MusicalKey key) => $"{Tonics[key.Tonic]} {(key.IsMinor ? "minor" : "major")}";
}

/// <summary>What the model says of a part of a song.</summary>
/// <param name="Start">Its first second.</param>
/// <param name="End">Its last second.</param>
/// <param name="Genres">Probability of every genre, most likely first.</param>
/// <param name="Sure">Whether the first one can be relied on.</param>
public sealed record MomentResponse(double Start, double End, IReadOnlyList<GenreProbability> Genres, bool Sure);

/// <summary>A part of the map of the catalog: songs that sound alike lie near each other.</summary>
/// <param name="Tag">Names the map; points of another tag lie elsewhere.</param>
/// <param name="Total">Songs on the map.</param>
/// <param name="Share">How much of all variation the plane keeps, 0 to 1.</param>
/// <param name="Points">The songs of this page, by their identity.</param>
public sealed record MapResponse(string Tag, int Total, double Share, IReadOnlyList<MapPointResponse> Points)
{
    internal static MapResponse Of(SongMap map, int page, int pageSize)
    {
        var points = Enumerable.Range(0, map.Count).Where(point => map.SongAt(point) is not null).Skip((page - 1) * pageSize).Take(pageSize);
        return new(map.Tag, map.ShownCount, map.Share, [.. points.Select(point => MapPointResponse.Of(map, point))]);
    }
}

/// <summary>A song on the map.</summary>
/// <param name="Id">Identity of the song.</param>
/// <param name="X">How far right, -1 to 1.</param>
/// <param name="Y">How far up, -1 to 1.</param>
/// <param name="Genre">Its genre; null if it is unknown, or one of few songs.</param>
public sealed record MapPointResponse(Guid Id, double X, double Y, string? Genre)
{
    internal static MapPointResponse Of(SongMap map, int point)
    {
        var group = map.Groups[map.GroupOfPoint[point]];
        return new(
            map.SongAt(point)!.Value, Math.Round(map.X[point] / (double)short.MaxValue, 5), Math.Round(map.Y[point] / (double)short.MaxValue, 5),
            group.Kind == MapGroupKind.Genre ? group.Label : null);
    }
}
