using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using MusicRec.Audio.Decoding;

namespace MusicRec.Catalog;

/// <summary>
/// What the catalog counts and times, for whoever listens to the meter and the activity source called <see cref="Name"/>; costs next to
/// nothing while nobody does. Reasons are names of the program's own, never words of a visitor's.
/// </summary>
public sealed class CatalogTelemetry : IDisposable
{
    /// <summary>Name of the meter and of the activity source.</summary>
    public const string Name = "MusicRec";

    private readonly ActivitySource _activities = new(Name);
    private readonly Meter _meter = new(Name);
    private readonly Counter<long> _indexed;
    private readonly Counter<long> _failed;
    private readonly Counter<long> _answered;
    private readonly Counter<long> _refused;

    /// <summary>Makes the instruments.</summary>
    public CatalogTelemetry(IDbContextFactory<CatalogContext> contexts)
    {
        _indexed = _meter.CreateCounter<long>("musicrec.songs.indexed", "{song}", "Songs brought into the index; its rate is songs per minute.");
        _failed = _meter.CreateCounter<long>("musicrec.songs.failed", "{song}", "Songs that could not be indexed, by reason.");
        _answered = _meter.CreateCounter<long>("musicrec.uploads.answered", "{song}", "Visitors' songs answered, from an analysis or from what was known of the same bytes.");
        _refused = _meter.CreateCounter<long>("musicrec.uploads.refused", "{song}", "Visitors' songs refused, by reason.");
        _meter.CreateObservableGauge("musicrec.queue.length", () => CountWaiting(contexts), "{song}", "Songs that wait for the index or are on their way into it.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _meter.Dispose();
        _activities.Dispose();
    }

    /// <summary>A span of work for a trace; null while nobody traces.</summary>
    internal Activity? Begin(string work) => _activities.StartActivity(work);

    internal void Indexed() => _indexed.Add(1);

    internal void Failed(string reason) => _failed.Add(1, Tag("reason", reason));

    internal void Answered(bool isKnown) => _answered.Add(1, Tag("source", isKnown ? "cache" : "analysis"));

    internal void Refused(Exception exception) => _refused.Add(1, Tag("reason", exception is AudioFormatException audio
        ? audio.Problem.ToString()
        : exception.GetType().Name.Replace("Exception", "", StringComparison.Ordinal)));

    private static KeyValuePair<string, object?> Tag(string key, string value) => new(key, value);

    private static int CountWaiting(IDbContextFactory<CatalogContext> contexts)
    {
        using var context = contexts.CreateDbContext();
        return context.Songs.Count(song => song.Status == SongStatus.Queued || song.Status == SongStatus.Analyzing);
    }
}
