using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MusicRec.Catalog.Files;

namespace MusicRec.Catalog.Import;

/// <summary>
/// Imports folders of the server in the background, one at a time. What was done is remembered file by file, so an import that
/// was cut off is simply started again.
/// </summary>
public sealed partial class FolderImports(FileImporter importer, TimeProvider time, ILogger<FolderImports> logger) : BackgroundService
{
    private readonly Channel<(FolderImportRun Run, bool FolderLabels)> _next = Channel.CreateBounded<(FolderImportRun, bool)>(1);
    private readonly Lock _lock = new();
    private CancellationTokenSource? _cancel;

    /// <summary>The running or the latest import since the start of the program; null before the first.</summary>
    public FolderImportRun? Latest { get; private set; }

    /// <summary>Begins an import. Returns false if one is running.</summary>
    /// <param name="folder">Full path of a folder.</param>
    /// <param name="folderLabels">Whether the genre of a song is the folder it lies in.</param>
    public bool TryStart(string folder, bool folderLabels)
    {
        lock (_lock)
        {
            if (Latest?.State == FolderImportState.Running)
            {
                return false;
            }

            Latest = new FolderImportRun(folder, SongFolder.Songs(folder), time);
            return _next.Writer.TryWrite((Latest, folderLabels));
        }
    }

    /// <summary>Stops the running import after the file in hand.</summary>
    public void Cancel()
    {
        lock (_lock)
        {
            _cancel?.Cancel();
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (run, folderLabels) in _next.Reader.ReadAllAsync(stoppingToken))
        {
            using var cancel = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            SetCancel(cancel);
            run.End(await RunAsync(run, folderLabels, cancel.Token));
            SetCancel(null);
        }
    }

    private async Task<FolderImportState> RunAsync(FolderImportRun run, bool folderLabels, CancellationToken cancellationToken)
    {
        try
        {
            await importer.ImportAsync(
                run.Paths, path => folderLabels ? SongFolder.LabelOf(run.Folder, path) : null, run.Add, cancellationToken);
            return FolderImportState.Completed;
        }
        catch (OperationCanceledException)
        {
            return FolderImportState.Cancelled;
        }
        catch (StorageFullException)
        {
            return FolderImportState.StorageFull;
        }
        catch (AudioStorageException exception)
        {
            LogFailure(exception);
            return FolderImportState.StorageAway;
        }
        catch (Exception exception)
        {
            LogFailure(exception);
            return FolderImportState.Failed;
        }
    }

    private void SetCancel(CancellationTokenSource? cancel)
    {
        lock (_lock)
        {
            _cancel = cancel;
        }
    }

    [LoggerMessage(LogLevel.Error, "The import of a folder could not go on")]
    private partial void LogFailure(Exception exception);
}
