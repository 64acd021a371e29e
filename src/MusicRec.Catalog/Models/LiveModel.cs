using Microsoft.Extensions.Logging;
using MusicRec.Catalog.Files;
using MusicRec.Genres;

namespace MusicRec.Catalog.Models;

/// <summary>
/// The genre model in use: <c>models/live.onnx</c> of the storage folder if there is one, else the bundled demo model.
/// A new file is noticed while the program runs; one that cannot be used leaves the old one in place.
/// </summary>
public sealed partial class LiveModel
{
    private static readonly string Bundled = Path.Combine(AppContext.BaseDirectory, "models", "genre-demo.onnx");

    private readonly string _own;
    private readonly ILogger<LiveModel> _logger;
    private readonly Lock _loading = new();
    private volatile State _state = new(null, false, null);
    private (string Path, DateTime Onnx, DateTime Json) _tried;

    /// <summary>Loads the model.</summary>
    public LiveModel(StorageFolder storage, ILogger<LiveModel> logger)
    {
        _own = Path.Combine(storage.Models, "live.onnx");
        _logger = logger;
        Refresh();
    }

    /// <summary>The classifier, or null if no model could be loaded.</summary>
    public GenreClassifier? Classifier => _state.Classifier;

    /// <summary>Why the administrator's model is not in use, in English; null if all is well.</summary>
    public string? Problem => _state.Problem;

    /// <summary>Whether the bundled demo model is in use.</summary>
    public bool IsBundled => _state.IsBundled;

    /// <summary>Looks whether the file changed, and loads it.</summary>
    internal void Refresh()
    {
        lock (_loading)
        {
            var path = File.Exists(_own) ? _own : Bundled;
            var file = (path, File.GetLastWriteTimeUtc(path), File.GetLastWriteTimeUtc(Path.ChangeExtension(path, ".json")));
            if (file != _tried)
            {
                _tried = file;
                Load(path);
            }
        }
    }

    /// <summary>A replaced classifier is left to the collector: another thread may be asking it.</summary>
    private void Load(string path)
    {
        try
        {
            _state = new State(GenreClassifier.Load(path), path == Bundled, null);
            LogLoaded(path, _state.Classifier!.Model.Version);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            LogUnusable(exception, path);
            var fallback = _state.Classifier is null && path != Bundled ? TryLoadBundled() : null;
            _state = fallback is null
                ? _state with { Problem = exception.Message }
                : new State(fallback, true, exception.Message);
        }
    }

    private static GenreClassifier? TryLoadBundled()
    {
        try
        {
            return GenreClassifier.Load(Bundled);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [LoggerMessage(LogLevel.Information, "Genre model {Path} loaded, version {Version}")]
    private partial void LogLoaded(string path, string version);

    [LoggerMessage(LogLevel.Error, "Genre model {Path} cannot be used")]
    private partial void LogUnusable(Exception exception, string path);

    private sealed record State(GenreClassifier? Classifier, bool IsBundled, string? Problem);
}
