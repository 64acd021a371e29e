using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using MusicRec.Catalog.Files;
using MusicRec.Genres;

namespace MusicRec.Catalog.Models;

/// <summary>
/// The genre model in use: <c>models/live.onnx</c> of the storage folder if there is one, else the bundled demo model.
/// A new file is noticed while the program runs; one that cannot be used, or that disappears, leaves the old one in place, and at a
/// start the model that was in use last. For that every model that was in use is kept under its version.
/// </summary>
public sealed partial class LiveModel
{
    internal static readonly string Bundled = Path.Combine(AppContext.BaseDirectory, "models", "genre-demo.onnx");

    private readonly string _own;

    // Says that there is to be no model of the administrator: one that only disappeared would be missed.
    private readonly string _none;
    private readonly string _bundled;
    private readonly ILogger<LiveModel> _logger;
    private readonly Lock _loading = new();
    private volatile State _state = new(null, null);
    private Files? _tried;
    private string? _bundledVersion;

    /// <summary>Loads the model.</summary>
    /// <param name="storage">Where the administrator's model is looked for.</param>
    /// <param name="logger">Told of models that cannot be used.</param>
    /// <param name="bundled">The model that answers if there is no other; null for the one that came with the program.</param>
    public LiveModel(StorageFolder storage, ILogger<LiveModel> logger, string? bundled = null)
    {
        _bundled = bundled ?? Bundled;
        _own = Path.Combine(storage.Models, "live.onnx");
        _none = Path.ChangeExtension(_own, ".none");
        _logger = logger;
        Refresh();
    }

    /// <summary>The classifier, or null if no model could be loaded.</summary>
    public GenreClassifier? Classifier => _state.Classifier;

    /// <summary>Why the administrator's model is not in use, in English and without paths; null if all is well.</summary>
    public string? Problem => _state.Problem;

    /// <summary>Whether the bundled demo model is in use.</summary>
    public bool IsBundled => _state.Classifier is { } classifier && classifier.Model.Version == (_bundledVersion ??= VersionOfBundled());

    /// <summary>Looks whether the file changed, and loads it.</summary>
    internal void Refresh()
    {
        lock (_loading)
        {
            var files = Files.Of(_own, _none);
            if (files != _tried)
            {
                _tried = files;
                Load(files);
            }
        }
    }

    /// <summary>Puts another model into its place, for this process at once, for others within a second.</summary>
    /// <param name="onnx">Content of the model file.</param>
    /// <param name="description">Content of the JSON file beside it; if null, one is written that holds the hash alone.</param>
    /// <exception cref="IOException">The files could not be written; the old model stays.</exception>
    /// <exception cref="UnauthorizedAccessException">The files could not be written; the old model stays.</exception>
    internal void Replace(byte[] onnx, byte[]? description)
    {
        lock (_loading)
        {
            var json = Path.ChangeExtension(_own, ".json");
            try
            {
                WriteBeside(_own, onnx);
                WriteBeside(json, description ?? JsonSerializer.SerializeToUtf8Bytes(new { sha256 = Convert.ToHexStringLower(SHA256.HashData(onnx)) }));

                // At no moment does a description lie beside a model that it does not describe.
                File.Delete(json);
                File.Move(Beside(_own), _own, overwrite: true);
                File.Move(Beside(json), json);
            }
            finally
            {
                File.Delete(Beside(_own));
                File.Delete(Beside(json));
            }

            _tried = null;
            Refresh();
        }
    }

    /// <summary>The files of the administrator's model as they are.</summary>
    internal LiveModelFiles ReadFiles()
    {
        lock (_loading)
        {
            return new LiveModelFiles(ReadIfThere(_own), ReadIfThere(Path.ChangeExtension(_own, ".json")));
        }
    }

    /// <summary>Puts the files of an earlier moment into place; without a model among them the bundled one answers again, in other processes as well.</summary>
    internal void PutBack(LiveModelFiles files)
    {
        lock (_loading)
        {
            if (files.Equals(ReadFiles()))
            {
                return;
            }

            if (files.Onnx is { } onnx)
            {
                Replace(onnx, files.Description);
                return;
            }

            File.WriteAllBytes(_none, []);
            File.Delete(_own);
            File.Delete(Path.ChangeExtension(_own, ".json"));
            _tried = null;
            Refresh();
        }
    }

    private void Load(Files files)
    {
        if (files.HasModel)
        {
            LoadOwn(files.HasDescription);
        }
        else if (files.HasDescription || (!files.IsToBeNone && _state is { Classifier: not null } && !IsBundled))
        {
            KeepOld("live.onnx is missing.");
        }
        else if (TryLoad(_bundled, out var problem) is { } bundled)
        {
            _bundledVersion = bundled.Model.Version;
            _state = new State(bundled, null);
        }
        else
        {
            KeepOld(problem);
        }
    }

    /// <summary>A replaced classifier is left to the collector: another thread may be asking it.</summary>
    private void LoadOwn(bool isDescribed)
    {
        if (TryLoad(_own, out var problem) is not { } own)
        {
            KeepOld(problem);
        }
        else if (!isDescribed)
        {
            own.Dispose();
            KeepOld("live.json is missing beside live.onnx: without the hash in it nobody can tell whether the model is damaged.");
        }
        else
        {
            _state = new State(own, null);
            LogLoaded(_own, own.Model.Version);
            KeepUnderItsVersion(own.Model.Version);
        }
    }

    private void KeepOld(string? problem) => _state = new State(_state.Classifier ?? TryLoadLastUsed() ?? TryLoadBundled(), problem);

    /// <summary>The time of the file says when the model was last put into use.</summary>
    private void KeepUnderItsVersion(string version)
    {
        var kept = Path.Combine(Path.GetDirectoryName(_own)!, version + ".onnx");
        try
        {
            File.Delete(_none);
            if (!File.Exists(kept))
            {
                FlushedFile.Copy(Path.ChangeExtension(_own, ".json"), Path.ChangeExtension(kept, ".json"));
                FlushedFile.Copy(_own, kept);
            }

            File.SetLastWriteTimeUtc(kept, TimeProvider.System.GetUtcNow().UtcDateTime);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The model answers all the same; only the way back to it is missing.
            LogNotKept(exception, version);
        }
    }

    /// <summary>At a start the folder may not be there yet: model and storage are prepared side by side.</summary>
    private GenreClassifier? TryLoadLastUsed()
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(_own)!);
        return !folder.Exists
            ? null
            : folder
                .EnumerateFiles("*.onnx")
                .Where(file => StoredModels.IsVersion(Path.GetFileNameWithoutExtension(file.Name)) && File.Exists(Path.ChangeExtension(file.FullName, ".json")))
                .OrderByDescending(file => file.LastWriteTimeUtc)
                .Select(file => TryLoad(file.FullName, out _))
                .FirstOrDefault(model => model is not null);
    }

    private GenreClassifier? TryLoad(string path, out string? problem)
    {
        try
        {
            problem = null;
            return GenreClassifier.Load(path);
        }
        catch (Exception exception) when (IsUnusable(exception))
        {
            LogUnusable(exception, path);

            // The messages of the system name folders; visitors of /health/ready shall not read them.
            problem = exception is InvalidDataException ? exception.Message : $"{Path.GetFileName(path)} could not be read.";
            return null;
        }
    }

    private GenreClassifier? TryLoadBundled()
    {
        try
        {
            return GenreClassifier.Load(_bundled);
        }
        catch (Exception exception) when (IsUnusable(exception))
        {
            return null;
        }
    }

    private string? VersionOfBundled()
    {
        using var bundled = TryLoadBundled();
        return bundled?.Model.Version;
    }

    private static bool IsUnusable(Exception exception) => exception is InvalidDataException or IOException or UnauthorizedAccessException;

    private static byte[]? ReadIfThere(string path) => File.Exists(path) ? File.ReadAllBytes(path) : null;

    private static string Beside(string path) => path + ".new";

    private static void WriteBeside(string path, byte[] content)
    {
        using var stream = new FileStream(Beside(path), FileMode.Create, FileAccess.Write);
        stream.Write(content);
        stream.Flush(flushToDisk: true);
    }

    [LoggerMessage(LogLevel.Information, "Genre model {Path} loaded, version {Version}")]
    private partial void LogLoaded(string path, string version);

    [LoggerMessage(LogLevel.Warning, "Genre model {Version} could not be kept")]
    private partial void LogNotKept(Exception exception, string version);

    [LoggerMessage(LogLevel.Error, "Genre model {Path} cannot be used")]
    private partial void LogUnusable(Exception exception, string path);

    private sealed record State(GenreClassifier? Classifier, string? Problem);

    /// <summary>What lies in the folder; another write is another value.</summary>
    private sealed record Files(bool HasModel, DateTime Model, bool HasDescription, DateTime Description, bool IsToBeNone)
    {
        public static Files Of(string path, string none)
        {
            var json = Path.ChangeExtension(path, ".json");
            return new Files(File.Exists(path), File.GetLastWriteTimeUtc(path), File.Exists(json), File.GetLastWriteTimeUtc(json), File.Exists(none));
        }
    }
}
