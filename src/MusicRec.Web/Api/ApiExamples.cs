using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using MusicRec.Audio.Decoding;
using MusicRec.Audio.Features;
using MusicRec.Catalog.Files;
using MusicRec.Catalog.Playlists;
using MusicRec.Catalog.Uploads;
using MusicRec.Genres;
using MusicRec.Web.Problems;
using MusicRec.Web.Uploads;

namespace MusicRec.Web.Api;

/// <summary>Answers as they may look, made of the answers' own types: an example cannot have another shape than the answer.</summary>
internal static class ApiExamples
{
    /// <summary>How answers are written: Hangul as it is.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), WriteIndented = true };

    private static readonly Guid Id = new("01988a4e-6f00-7c3a-9b1e-2f5d8c7a6b40");
    private static readonly Guid OtherId = new("01988a4e-7010-7d42-8a6f-1b2c3d4e5f60");

    private static readonly SimilarSongResponse Similar = new(
        OtherId, "비 오는 밤", "한서윤", "Ballad", 0.912, $"/songs/{OtherId}/audio", "장마", $"/songs/{OtherId}/cover", new(0.021, 0.009, 0.109, 0.026, 0.292, 0.455));
    private static readonly SongResponse Song = new(Id, "첫눈", "윤하람", "Ballad", "indexed", $"/songs/{Id}/audio", "겨울 편지", null);
    private static readonly GenreProbability[] Genres = [new("Ballad", 0.81), new("RnB", 0.11), new("Indie", 0.08)];

    private static readonly Dictionary<string, double> Features = new()
    {
        [FeatureVector.Names[0]] = 0.3312,
        [FeatureVector.Names[1]] = 0.1204,
        [FeatureVector.Names[2]] = 1842.7,
    };

    /// <summary>What is sent and what is answered, by its type.</summary>
    private static readonly Dictionary<Type, object> Bodies = new()
    {
        [typeof(PlaylistRequest)] = new PlaylistRequest("비 오는 날", [Id]),
        [typeof(AnalysisResponse)] = new AnalysisResponse(Id, "첫눈.mp3", 214.6, Features, Genres, [Similar], Sure: true, Doubt: null),
        [typeof(SongPageResponse)] = new SongPageResponse(1, [Song]),
        [typeof(SongDetailsResponse)] = new SongDetailsResponse(
            Song.Id, Song.Title, Song.Artist, Song.Genre, Song.Status, Song.AudioUrl, Song.Album, Song.CoverUrl, 214.6, 92.3, Features, Genres),
        [typeof(IReadOnlyList<SimilarSongResponse>)] = new[] { Similar },
        [typeof(SoundResponse)] = new SoundResponse(
            92.3, -17.4, 0.6, -0.8, new KeyResponse("F# minor", "A major", Sure: false), 30, [12, 87, 143, 96], [0.31, 0.22, 0.64], [-21.3, -8.5, 0, -12.2],
            [new MomentResponse(0, 3, Genres, Sure: true)], $"/songs/{Id}/mel.png", $"/songs/{Id}/chroma.png"),
        [typeof(MapResponse)] = new MapResponse("7-1b2c3d4e5f60", 1, 0.41, [new MapPointResponse(Id, -0.31, 0.72, "Ballad")]),
        [typeof(ListResponse)] = new ListResponse([Similar], null),
        [typeof(PlaylistResponse)] = new PlaylistResponse(Id, "비 오는 날", OtherId, new DateTimeOffset(2027, 11, 26, 9, 0, 0, TimeSpan.Zero), [Song]),
    };

    /// <summary>The form in which a song is sent.</summary>
    public static JsonNode Upload => new JsonObject { ["file"] = "첫눈.mp3" };

    /// <summary>The example of a type of body, or null.</summary>
    public static JsonNode? Of(Type? type) => type is not null && Bodies.TryGetValue(type, out var body) ? JsonSerializer.SerializeToNode(body, Json) : null;

    /// <summary>What may go wrong with a request, in the reader's language.</summary>
    /// <param name="texts">Words for it.</param>
    /// <param name="status">Status of the answer.</param>
    /// <param name="body">Type of what is sent; null where nothing is, or a song.</param>
    /// <param name="parameter">A parameter that may be out of range, if there is one.</param>
    public static JsonNode Problem(ProblemTexts texts, int status, Type? body, string? parameter)
    {
        var problem = status switch
        {
            400 when body == typeof(PlaylistRequest) => texts.ForParameters([nameof(PlaylistRequest.Name)]),
            400 when parameter is not null => texts.ForParameters([parameter]),
            400 => texts.Describe(new UploadFormException(UploadFormProblem.NoFile)),
            409 => texts.Describe(new PlaylistException(PlaylistProblem.TooManyPlaylists)),
            413 => texts.Describe(new FileTooLargeException(new UploadOptions().MaxBytes)),
            415 when body is not null => texts.ForStatus(status),
            415 => texts.Describe(new UnsupportedAudioException(AudioProblem.UnknownFormat, "", "PDF")),
            422 => texts.Describe(new InvalidAudioException(AudioProblem.NoSamples, "")),
            503 => texts.Describe(new AnalysisBusyException(TimeSpan.FromSeconds(5))),
            507 => texts.Describe(new StorageFullException()),
            _ => texts.ForStatus(status),
        };
        return JsonSerializer.SerializeToNode(problem!.ToDetails(), Json)!;
    }

    /// <summary>A value for a parameter of a request; null for those that need none.</summary>
    public static JsonNode? Parameter(string name) => name switch
    {
        "id" or "from" or "like" => Id.ToString(),
        "to" or "shareId" => OtherId.ToString(),
        "format" => "M3u8",
        "query" => "ㅂㄹㄷ",
        "pageSize" => 2,
        "count" => 3,
        _ => null,
    };
}
