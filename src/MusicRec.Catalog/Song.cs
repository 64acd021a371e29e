using MusicRec.Genres;

namespace MusicRec.Catalog;

/// <summary>One song of the catalog. The row is also its indexing job: <see cref="Status"/>, claimed atomically.</summary>
public sealed class Song
{
    /// <summary>Time-ordered identity (version 7).</summary>
    public Guid Id { get; private set; }

    /// <summary>Title, never empty.</summary>
    public string Title { get; private set; } = "";

    /// <summary>Artist; empty when unknown.</summary>
    public string Artist { get; private set; } = "";

    /// <summary>The name the file had when it was added, composed to NFC; shown, never used as a path.</summary>
    public string FileName { get; private set; } = "";

    /// <summary>SHA-256 of the file's bytes, 64 lower-case hexadecimal digits; unique in the catalog.</summary>
    public string Sha256 { get; private set; } = "";

    /// <summary>Length of the whole file in seconds; 0 until analysed.</summary>
    public double Seconds { get; private set; }

    /// <summary>The genre a person gave, or null.</summary>
    public string? Label { get; private set; }

    /// <summary>The most likely genre by the model, or null until analysed.</summary>
    public string? PredictedGenre { get; private set; }

    /// <summary>All probabilities of the model, most likely first; empty until analysed.</summary>
    public IReadOnlyList<GenreProbability> Prediction { get; private set; } = [];

    /// <summary>Version of the model behind <see cref="Prediction"/>.</summary>
    public string? ModelVersion { get; private set; }

    /// <summary>Version of the features the song was last analysed with; 0 until analysed.</summary>
    public int FeatureVersion { get; private set; }

    /// <summary>Tempo in beats per minute, or null until analysed.</summary>
    public double? Tempo { get; private set; }

    /// <summary>Where the song stands.</summary>
    public SongStatus Status { get; private set; }

    /// <summary>How often a worker began to analyse it since it was queued.</summary>
    public int Attempts { get; private set; }

    /// <summary>Kind of failure: the name of an <c>AudioProblem</c>, <c>FileMissing</c>, <c>Crashed</c> or <c>Internal</c>; null if none.</summary>
    public string? FailureCode { get; private set; }

    /// <summary>What was found, in English; null if nothing failed.</summary>
    public string? FailureReason { get; private set; }

    /// <summary>When the song was added, UTC.</summary>
    public DateTimeOffset AddedAt { get; private set; }

    /// <summary>When it was last analysed with success, UTC.</summary>
    public DateTimeOffset? IndexedAt { get; private set; }

    /// <summary>The genre to show: the person's, else the model's, else null.</summary>
    public string? Genre => Label ?? PredictedGenre;
}
