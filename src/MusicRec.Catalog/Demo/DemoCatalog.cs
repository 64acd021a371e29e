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
public sealed record DemoProgress(int Total, int Made, bool IsRunning);

/// <summary>Fills an empty catalog with songs the program makes itself, in the background of the first start.</summary>
public sealed partial class DemoCatalog(
    StorageFolder storage, SongCatalog catalog, SongImporter importer, IOptions<DemoOptions> options, ILogger<DemoCatalog> logger)
    : BackgroundService
{
    private const string Begun = "begun";
    private const string Done = "done";

    private readonly string _marker = Path.Combine(storage.Root, "demo-catalog.txt");
    private volatile DemoProgress _progress = new(0, 0, false);

    /// <summary>How far it is.</summary>
    public DemoProgress Progress => _progress;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (options.Value.Enabled && await IsWantedAsync(stoppingToken))
            {
                await MakeAsync(stoppingToken);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _progress = _progress with { IsRunning = false };
            LogTrouble(exception);
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
        var songs = DemoSongs.Catalog;
        _progress = new DemoProgress(songs.Count, 0, true);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(songs, parallel, async (song, stop) =>
        {
            using var wav = new MemoryStream();
            DemoSongs.Write(song, wav);
            wav.Position = 0;
            await importer.ImportAsync(wav, $"{song.Artist}_{song.Title}.wav", song.Genre, wav.Length, stop);
            AddMade();
        });
        await File.WriteAllTextAsync(_marker, Done, cancellationToken);
        _progress = _progress with { IsRunning = false };
    }

    private void AddMade()
    {
        lock (_marker)
        {
            _progress = _progress with { Made = _progress.Made + 1 };
        }
    }

    [LoggerMessage(LogLevel.Error, "The demo catalog could not be made; the next start tries again")]
    private partial void LogTrouble(Exception exception);
}
