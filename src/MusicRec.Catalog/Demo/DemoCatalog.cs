using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MusicRec.Catalog.Files;
using MusicRec.Catalog.Import;
using MusicRec.Catalog.Songs;

namespace MusicRec.Catalog.Demo;

/// <summary>Settings of section <c>Demo</c>.</summary>
public sealed class DemoOptions
{
    /// <summary>Whether an empty catalog is filled with demo songs at the first start.</summary>
    public bool Enabled { get; set; } = true;
}

/// <summary>How far the demo catalog is.</summary>
/// <param name="Total">Songs of the demo catalog.</param>
/// <param name="Made">Songs synthesized and imported.</param>
/// <param name="IsRunning">Whether songs are still being made.</param>
/// <param name="WaitsForRoom">Whether the disk is too full for the next one.</param>
public sealed record DemoProgress(int Total, int Made, bool IsRunning, bool WaitsForRoom = false);

/// <summary>Fills an empty catalog with songs the program makes itself, in the background of the first start.</summary>
public sealed partial class DemoCatalog(
    StorageFolder storage, SongCatalog catalog, SongImporter importer, IOptions<DemoOptions> options, TimeProvider time, ILogger<DemoCatalog> logger)
    : BackgroundService
{
    /// <summary>Between two looks whether a full disk has room again.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const string Begun = "begun";
    private const string Done = "done";

    private readonly HashSet<DemoSong> _made = [];
    private readonly string _marker = Path.Combine(storage.Root, "demo-catalog.txt");
    private volatile DemoProgress _progress = new(0, 0, false);

    /// <summary>How far it is.</summary>
    public DemoProgress Progress => _progress;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (options.Value.Enabled && !await TryFillAsync(stoppingToken))
            {
                await Task.Delay(Patience, time, stoppingToken);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _progress = _progress with { IsRunning = false };
            LogTrouble(exception);
        }
    }

    /// <summary>Returns false if the disk is full; what was made until then stays.</summary>
    private async Task<bool> TryFillAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await IsWantedAsync(cancellationToken))
            {
                await MakeAsync(cancellationToken);
            }

            return true;
        }
        catch (Exception exception) when (StorageFullException.IsCauseOf(exception))
        {
            LogFull();
            _progress = new DemoProgress(DemoSongs.Catalog.Count, _made.Count, true, WaitsForRoom: true);
            return false;
        }
    }

    /// <summary>Once in the life of a storage folder, and only into an empty catalog; a start that was cut off is made good.</summary>
    private async Task<bool> IsWantedAsync(CancellationToken cancellationToken)
    {
        var state = File.Exists(_marker) ? await File.ReadAllTextAsync(_marker, cancellationToken) : "";
        if (state.Length == 0)
        {
            var songs = await catalog.CountAsync(cancellationToken);
            state = songs.Total == 0 ? Begun : Done;
            await File.WriteAllTextAsync(_marker, state, cancellationToken);
        }

        return state != Done;
    }

    private async Task MakeAsync(CancellationToken cancellationToken)
    {
        if (!storage.HasRoom())
        {
            throw new StorageFullException();
        }

        _progress = new DemoProgress(DemoSongs.Catalog.Count, _made.Count, true);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(DemoSongs.Catalog.Except(_made).ToList(), parallel, async (song, stop) =>
        {
            using var wav = new MemoryStream();
            DemoSongs.Write(song, wav);
            wav.Position = 0;
            await importer.ImportAsync(wav, $"{song.Artist}_{song.Title}.wav", song.Genre, wav.Length, stop);
            AddMade(song);
        });
        await File.WriteAllTextAsync(_marker, Done, cancellationToken);
        _progress = _progress with { IsRunning = false };
    }

    private void AddMade(DemoSong song)
    {
        lock (_made)
        {
            _made.Add(song);
            _progress = _progress with { Made = _made.Count };
        }
    }

    [LoggerMessage(LogLevel.Warning, "The disk is full: the demo catalog goes on when there is room")]
    private partial void LogFull();

    [LoggerMessage(LogLevel.Error, "The demo catalog could not be made; the next start tries again")]
    private partial void LogTrouble(Exception exception);
}
