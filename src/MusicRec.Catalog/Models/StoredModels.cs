using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using MusicRec.Catalog.Files;
using MusicRec.Genres;

namespace MusicRec.Catalog.Models;

/// <summary>A model that can be put into use.</summary>
/// <param name="Version">First 12 hexadecimal digits of the file's SHA-256, also the name of the file.</param>
/// <param name="IsBundled">Whether it came with the program.</param>
/// <param name="IsLive">Whether it answers now.</param>
/// <param name="IsIntact">Whether the file is what it was when it was written.</param>
/// <param name="Description">What is known of it; null if nothing is.</param>
public sealed record StoredModel(string Version, bool IsBundled, bool IsLive, bool IsIntact, ModelDescription? Description);

/// <summary>All models: <c>models/{version}.onnx</c> of the storage folder with a JSON file each, and the bundled one.</summary>
public sealed partial class StoredModels(
    StorageFolder storage, LiveModel live, IDbContextFactory<CatalogContext> contexts, PredictionRefresh refresh)
{
    private static readonly Lock Activating = new();

    private string LivePath => Path.Combine(storage.Models, "live.onnx");

    /// <summary>The live one first, then the newest first.</summary>
    public IReadOnlyList<StoredModel> List()
    {
        var own = Directory.EnumerateFiles(storage.Models, "*.onnx").Where(path => IsVersion(Path.GetFileNameWithoutExtension(path)));
        var models = own.Select(Describe).ToList();
        if (DescribeBundled() is { } bundled && models.All(model => model.Version != bundled.Version))
        {
            models.Add(bundled);
        }

        if (live.Classifier is { } classifier && models.All(model => !model.IsLive))
        {
            models.Add(new StoredModel(classifier.Model.Version, false, true, true, ModelDescription.TryRead(LivePath)));
        }

        return [.. models.OrderByDescending(model => model.IsLive).ThenByDescending(model => model.Description?.Fact("trained"), StringComparer.Ordinal)];
    }

    /// <summary>Puts a model into use; the predictions of the catalog are made anew in the background. False if there is no such model.</summary>
    /// <exception cref="InvalidDataException">The model cannot be used; the old one stays.</exception>
    /// <exception cref="IOException">The files could not be read or written; the old one stays.</exception>
    /// <exception cref="UnauthorizedAccessException">The files could not be read or written; the old one stays.</exception>
    public async Task<bool> ActivateAsync(string version, CancellationToken cancellationToken)
    {
        if (FindPath(version) is not { } path)
        {
            return false;
        }

        GenreClassifier.Load(path).Dispose();
        lock (Activating)
        {
            var json = Path.ChangeExtension(path, ".json");
            live.Replace(File.ReadAllBytes(path), File.Exists(json) ? File.ReadAllBytes(json) : null);
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await refresh.RequestAsync(context, version, cancellationToken);
        return true;
    }

    /// <summary>Takes in a model written under another name.</summary>
    internal string Adopt(string path)
    {
        using var classifier = GenreClassifier.Load(path);
        var target = PathOf(classifier.Model.Version);
        File.Move(Path.ChangeExtension(path, ".json"), Path.ChangeExtension(target, ".json"), overwrite: true);
        File.Move(path, target, overwrite: true);
        return classifier.Model.Version;
    }

    private string? FindPath(string version)
    {
        if (IsVersion(version) && File.Exists(PathOf(version)))
        {
            return PathOf(version);
        }

        return DescribeBundled()?.Version == version ? LiveModel.Bundled : null;
    }

    private string PathOf(string version) => Path.Combine(storage.Models, version + ".onnx");

    private StoredModel Describe(string path)
    {
        var version = Path.GetFileNameWithoutExtension(path);
        var hash = HashOf(path);
        var description = ModelDescription.TryRead(path);
        var isIntact = hash?.StartsWith(version, StringComparison.Ordinal) == true && (description is null || description.Sha256 == hash);
        return new StoredModel(version, DescribeBundled()?.Version == version, version == live.Classifier?.Model.Version, isIntact, description);
    }

    private StoredModel? DescribeBundled() => HashOf(LiveModel.Bundled) is { } hash
        ? new StoredModel(hash[..12], true, hash[..12] == live.Classifier?.Model.Version, true, ModelDescription.TryRead(LiveModel.Bundled))
        : null;

    private static string? HashOf(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Whether a file is named after a version.</summary>
    internal static bool IsVersion(string name) => VersionName().IsMatch(name);

    [GeneratedRegex("^[0-9a-f]{12}$")]
    private static partial Regex VersionName();
}
