using System.Text.Encodings.Web;
using System.Text.Json;

namespace MusicRec.Genres.Evaluation.Retrieval;

/// <summary>What is known of a song that retrieval is measured on.</summary>
/// <param name="File">Its path below the folder, with forward slashes.</param>
/// <param name="Genre">Its genre; null when not known.</param>
/// <param name="Artist">Who made it; null when not known.</param>
/// <param name="Album">What it came with; null when not known.</param>
public sealed record RetrievalSong(string File, string? Genre, string? Artist, string? Album);

/// <summary>How well songs are found by their sound, for each kind of vector. It has no date, so that equal runs give equal bytes.</summary>
/// <param name="Command">The command that makes it again.</param>
/// <param name="Songs">Songs measured.</param>
/// <param name="SongsWithGenre">Songs whose genre is known.</param>
/// <param name="Artists">Artists known.</param>
/// <param name="Albums">Albums known.</param>
/// <param name="Refused">Files that could not be read, and why.</param>
/// <param name="Kinds">A result for each kind of vector, on the same songs.</param>
public sealed record RetrievalReport(
    string Command, int Songs, int SongsWithGenre, int Artists, int Albums, IReadOnlyList<string> Refused, IReadOnlyList<RetrievalQuality> Kinds)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The text is no such report.</exception>
    public static RetrievalReport FromJson(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<RetrievalReport>(json, Format) ?? throw new InvalidDataException("The report is empty.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException("This is no report on retrieval.", exception);
        }
    }

    /// <summary>The whole report as indented JSON, every number to the last digit.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Format) + "\n";
}

/// <summary>How well songs are found by one kind of vector. Lists hold the five nearest by cosine; intervals are 95 % bootstraps over songs.</summary>
/// <param name="Name">The kind of vector.</param>
/// <param name="Dimensions">Numbers in a vector.</param>
/// <param name="GenrePrecision">Share of a list with the song's genre, among those whose genre is known; null if there are no genres.</param>
/// <param name="GenrePrecisionOtherArtists">The same with songs of the song's artist and album left out of its list.</param>
/// <param name="ArtistPrecision">Share of a list with the song's artist, over songs whose artist has others; null if there are none.</param>
/// <param name="ArtistHit">Share of those songs with one of their artist in the list.</param>
/// <param name="AlbumHit">Share of songs whose album has others with one of their album in the list.</param>
/// <param name="Skewness">Skewness of how often songs are in lists (hubness).</param>
/// <param name="NeverRecommended">Share of songs in no list.</param>
/// <param name="Copies">How each worsened copy fares.</param>
/// <param name="Windows">How well parts of a song find each other; null when fewer than two songs have two windows.</param>
public sealed record RetrievalQuality(
    string Name, int Dimensions, Estimate? GenrePrecision, Estimate? GenrePrecisionOtherArtists, Estimate? ArtistPrecision, Estimate? ArtistHit,
    Estimate? AlbumHit, Estimate Skewness, Estimate NeverRecommended, IReadOnlyList<CopyQuality> Copies, WindowQuality? Windows);

/// <summary>How a worsened copy of each song fares as a question to all songs as they are.</summary>
/// <param name="Name">How the copies were made.</param>
/// <param name="Songs">Songs that have such a copy.</param>
/// <param name="FindsItself">Share of copies whose nearest song is their own.</param>
/// <param name="FindsItselfInFive">Share of copies with their own song among the nearest five.</param>
/// <param name="NeighboursKept">Share of the song's own list of five that is also in its copy's list of five others.</param>
public sealed record CopyQuality(string Name, int Songs, Estimate FindsItself, Estimate FindsItselfInFive, Estimate NeighboursKept);

/// <summary>How well windows of three seconds find others of their song, among the windows of all songs.</summary>
/// <param name="Windows">Windows in all.</param>
/// <param name="Songs">Songs they are of.</param>
/// <param name="Hit">Share of windows with another of their song among the nearest five; interval over songs.</param>
/// <param name="Precision">Share of the nearest five that is of the song.</param>
public sealed record WindowQuality(int Windows, int Songs, Estimate Hit, Estimate Precision);
