using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using MusicRec.Audio.Features;
using MusicRec.Genres;

namespace MusicRec.Web.Api;

/// <summary>Answers as they may look, made of the answers' own types: an example cannot have another shape than the answer.</summary>
internal static class ApiExamples
{
    /// <summary>How answers are written: Hangul as it is.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), WriteIndented = true };

    private static readonly Guid Id = new("01988a4e-6f00-7c3a-9b1e-2f5d8c7a6b40");
    private static readonly Guid OtherId = new("01988a4e-7010-7d42-8a6f-1b2c3d4e5f60");

    private static readonly SimilarSongResponse Similar = new(
        OtherId, "비 오는 밤", "한서윤", "Ballad", 0.912, $"/songs/{OtherId}/audio", "장마", $"/songs/{OtherId}/cover", new(0.041, 0.018, 0.217, 0.052, 0.584));
    private static readonly SongResponse Song = new(Id, "첫눈", "윤하람", "Ballad", "indexed", $"/songs/{Id}/audio", "겨울 편지", null);
    private static readonly GenreProbability[] Genres = [new("Ballad", 0.81), new("RnB", 0.11), new("Indie", 0.08)];

    private static readonly Dictionary<string, double> Features = new()
    {
        [FeatureVector.Names[0]] = 0.3312,
        [FeatureVector.Names[1]] = 0.1204,
        [FeatureVector.Names[2]] = 1842.7,
    };

    /// <summary>A playlist to be kept, as JSON.</summary>
    public static string Playlist => $$"""{"name":"비 오는 날","songs":["{{Id}}"]}""";

    /// <summary>Answers by their type.</summary>
    private static readonly Dictionary<Type, object> Answers = new()
    {
        [typeof(AnalysisResponse)] = new AnalysisResponse(Id, "첫눈.mp3", 214.6, Features, Genres, [Similar], Sure: true, Doubt: null),
        [typeof(SongPageResponse)] = new SongPageResponse(1, [Song]),
        [typeof(SongDetailsResponse)] = new SongDetailsResponse(
            Song.Id, Song.Title, Song.Artist, Song.Genre, Song.Status, Song.AudioUrl, Song.Album, Song.CoverUrl, 214.6, 92.3, Features, Genres),
        [typeof(IReadOnlyList<SimilarSongResponse>)] = new[] { Similar },
        [typeof(ListResponse)] = new ListResponse([Similar], null),
        [typeof(PlaylistResponse)] = new PlaylistResponse(Id, "비 오는 날", OtherId, new DateTimeOffset(2027, 11, 26, 9, 0, 0, TimeSpan.Zero), [Song]),
    };

    /// <summary>The example of a type of answer, or null.</summary>
    public static JsonNode? Of(Type? type) => type is not null && Answers.TryGetValue(type, out var answer) ? JsonSerializer.SerializeToNode(answer, Json) : null;

    /// <summary>A value for a parameter of a request; null for those that need none.</summary>
    public static string? Parameter(string name) => name switch
    {
        "id" or "from" or "like" => Id.ToString(),
        "to" or "shareId" => OtherId.ToString(),
        "format" => "M3u8",
        "query" => "ㅂㄹㄷ",
        "pageSize" => "2",
        "count" => "3",
        _ => null,
    };
}
