using System.Linq.Expressions;
using MusicRec.Audio;
using MusicRec.Catalog.Import;
using MusicRec.Catalog.Search;
using MusicRec.Catalog.Tags;
using MusicRec.Genres;

namespace MusicRec.Catalog;

/// <summary>One song of the catalog. The row is also its indexing job: <see cref="Status"/>, claimed atomically.</summary>
public sealed class Song
{
    /// <summary>A song whose analysis took its worker down this often is given up.</summary>
    internal const int MaxAttempts = 3;

    /// <summary>Analysed, but by another feature version than this program's.</summary>
    internal static readonly Expression<Func<Song, bool>> IsOutdated =
        song => song.Status == SongStatus.Indexed && song.FeatureVersion != Audio.Features.FeatureVersion.Current;

    private Song()
    {
    }

    /// <summary>A new song, queued for indexing.</summary>
    internal Song(
        SongName name, string fileName, string sha256, double seconds, string? label, DateTimeOffset now, string album = "", ImageKind? cover = null, int? year = null)
    {
        Id = Guid.CreateVersion7(now);
        FileName = fileName;
        Sha256 = sha256;
        Seconds = seconds;
        AddedAt = now;
        Status = SongStatus.Queued;
        Album = album;
        Cover = cover;
        Year = year;
        Describe(name.Title, name.Artist, label, now);
    }

    /// <summary>Time-ordered identity (version 7).</summary>
    public Guid Id { get; private set; }

    /// <summary>Title, never empty.</summary>
    public string Title { get; private set; } = "";

    /// <summary>Artist; empty when unknown.</summary>
    public string Artist { get; private set; } = "";

    /// <summary>Album; empty when unknown.</summary>
    public string Album { get; private set; } = "";

    /// <summary>Year of release; null when unknown.</summary>
    public int? Year { get; private set; }

    /// <summary>Kind of the cover picture stored beside the song; null without one.</summary>
    public ImageKind? Cover { get; private set; }

    /// <summary>The name the file had when it was added, composed to NFC; shown, never used as a path.</summary>
    public string FileName { get; private set; } = "";

    /// <summary>SHA-256 of the file's bytes, 64 lower-case hexadecimal digits; unique in the catalog.</summary>
    public string Sha256 { get; private set; } = "";

    /// <summary>Length of the whole file in seconds.</summary>
    public double Seconds { get; private set; }

    /// <summary>The genre a person gave, or null.</summary>
    public string? Label { get; private set; }

    /// <summary>The most likely genre by the model; null until analysed, or if the model is not sure.</summary>
    public string? PredictedGenre { get; private set; }

    /// <summary>All probabilities of the model, most likely first; empty until analysed.</summary>
    public IReadOnlyList<GenreProbability> Prediction { get; private set; } = [];

    /// <summary>Why <see cref="Prediction"/> is better called "not sure".</summary>
    public PredictionDoubt Doubt { get; private set; }

    /// <summary>Version of the model behind <see cref="Prediction"/>.</summary>
    public string? ModelVersion { get; private set; }

    /// <summary>Version of the features the song was last analysed with; 0 until analysed.</summary>
    public int FeatureVersion { get; private set; }

    /// <summary>Tempo in beats per minute, or null until analysed.</summary>
    public double? Tempo { get; private set; }

    /// <summary>Deviation from A = 440 Hz in semitones, or null until analysed.</summary>
    public double? Tuning { get; private set; }

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

    /// <summary>Names as <see cref="SearchForms.TextOf"/> makes them.</summary>
    internal string SearchText { get; private set; } = "";

    /// <summary>Names as <see cref="SearchForms.SoundOf"/> makes them.</summary>
    internal string SearchSound { get; private set; } = "";

    /// <summary>When something changed last that lists ask for (names, genre, tempo, length, year), UTC; see <c>FactTable</c>.</summary>
    internal DateTimeOffset FactsChangedAt { get; private set; }

    /// <summary>The index run that queued the song last, or null.</summary>
    internal Guid? RunId { get; private set; }

    /// <summary>Where the song stood when its run queued it: a cancelled run puts it back there.</summary>
    internal SongStatus? StatusBefore { get; private set; }

    /// <summary>Whether a run asked to decode the file although its vector is up to date.</summary>
    internal bool DecodeAgain { get; private set; }

    /// <summary>
    /// Token of the worker that analyses the song; null if none does. The database compares it on every update, so of two
    /// workers only one gets a song, and a worker that lost its claim cannot write.
    /// </summary>
    internal Guid? Claim { get; private set; }

    /// <summary>When the claim of a silent worker lapses, UTC.</summary>
    internal DateTimeOffset? ClaimedUntil { get; private set; }

    /// <summary>Sets what a person may change.</summary>
    internal void Describe(string title, string artist, string? label, DateTimeOffset now)
    {
        FactsChangedAt = now;
        Title = title;
        Artist = artist;
        Label = label;
        SearchText = SearchForms.TextOf(title, artist, Album, FileName);
        SearchSound = SearchForms.SoundOf(title, artist, Album);
    }

    /// <summary>The song has another file: it waits for analysis, and its old numbers answer meanwhile. Names stay where the new tags say nothing.</summary>
    internal void Replace(SongFile file, DateTimeOffset now)
    {
        FileName = file.FileName;
        Sha256 = file.Sha256;
        Seconds = file.Seconds;
        Album = file.Tags.Album;
        Year = file.Tags.Year;
        Cover = file.Tags.Cover?.Kind;
        Status = SongStatus.Queued;
        Attempts = 0;
        DecodeAgain = true;
        EndClaim();
        Describe(file.Tags.Title.Length > 0 ? file.Tags.Title : Title, file.Tags.Artist.Length > 0 ? file.Tags.Artist : Artist, Label, now);
    }

    /// <summary>Whether the song has taken down its workers so often that it shall not be tried again.</summary>
    internal bool IsBeyondHope => Attempts > MaxAttempts;

    /// <summary>Takes the song for one worker.</summary>
    internal void BeginAttempt(Guid claim, DateTimeOffset until)
    {
        Attempts++;
        Status = SongStatus.Analyzing;
        Claim = claim;
        ClaimedUntil = until;
    }

    /// <summary>Ends the attempts that were one too many.</summary>
    internal void GiveUp()
    {
        Attempts = MaxAttempts;
        Fail("Crashed", $"The analysis was cut off {MaxAttempts} times.");
    }

    /// <summary>Keeps the claim of a worker that is still at it.</summary>
    internal void RenewClaim(DateTimeOffset until) => ClaimedUntil = until;

    /// <summary>The worker stops before it began or finished: the song waits again, and the attempt does not count.</summary>
    internal void Release()
    {
        Attempts--;
        Status = SongStatus.Queued;
        EndClaim();
    }

    /// <summary>Takes over what the analysis found.</summary>
    internal void Complete(SongAnalysis analysis, GenrePrediction? prediction, DateTimeOffset now)
    {
        Seconds = analysis.FileSeconds;
        Tempo = analysis.Tempo;
        Tuning = analysis.Tuning;
        Complete(prediction, now);
    }

    /// <summary>Takes over a new prediction for a vector that was up to date.</summary>
    internal void Complete(GenrePrediction? prediction, DateTimeOffset now)
    {
        FeatureVersion = Audio.Features.FeatureVersion.Current;
        TakeOver(prediction);
        FailureCode = null;
        FailureReason = null;
        IndexedAt = now;
        FactsChangedAt = now;
        Status = SongStatus.Indexed;
        EndClaim();
    }

    /// <summary>Gives the song up until it is queued again.</summary>
    internal void Fail(string code, string reason)
    {
        FailureCode = code;
        FailureReason = reason;
        Status = SongStatus.Failed;
        EndClaim();
    }

    /// <summary>Without a model the earlier prediction stays.</summary>
    private void TakeOver(GenrePrediction? prediction)
    {
        if (prediction is not null)
        {
            Prediction = prediction.Genres;
            Doubt = prediction.Doubt;
            PredictedGenre = Doubt == PredictionDoubt.None ? prediction.Top.Label : null;
            ModelVersion = prediction.ModelVersion;
        }
    }

    private void EndClaim()
    {
        Claim = null;
        ClaimedUntil = null;
    }
}
