using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MusicRec.Catalog.Backups;
using MusicRec.Catalog.Database;
using MusicRec.Catalog.Demo;
using MusicRec.Catalog.Files;
using MusicRec.Catalog.Files.S3;
using MusicRec.Catalog.Import;
using MusicRec.Catalog.Indexing;
using MusicRec.Catalog.Map;
using MusicRec.Catalog.Models;
using MusicRec.Catalog.Playlists;
using MusicRec.Catalog.Portraits;
using MusicRec.Catalog.Similarity;
using MusicRec.Catalog.Similarity.Lists;
using MusicRec.Catalog.Similarity.Quality;
using MusicRec.Catalog.Songs;
using MusicRec.Catalog.Uploads;

namespace MusicRec.Catalog;

/// <summary>Registers the catalog.</summary>
public static class CatalogServices
{
    private const long LeastMaxBytes = 1L << 20;
    private const long MostMaxBytes = 4L << 30;
    private const int MostWorkers = 64;
    private const int WaitingPerProcessor = 16;

    /// <summary>
    /// Registers context factory, files, importer, uploads, recommender, index runs and model by the configuration keys
    /// <c>Storage:Path</c>, <c>Storage:LeastFreeBytes</c>, <c>Storage:S3</c>, <c>Catalog:Provider</c>, <c>Catalog:ConnectionString</c>, <c>Similarity:Index</c>, <c>Upload:MaxBytes</c>.
    /// </summary>
    /// <param name="services">Where to register.</param>
    /// <param name="configuration">The settings.</param>
    /// <param name="contentRoot">Base of a relative <c>Storage:Path</c>.</param>
    /// <exception cref="InvalidOperationException">A setting is wrong; the message names it.</exception>
    public static IServiceCollection AddCatalog(this IServiceCollection services, IConfiguration configuration, string contentRoot)
    {
        var storage = new StorageFolder(
            Path.GetFullPath(configuration["Storage:Path"] ?? "data", contentRoot),
            configuration.GetValue("Storage:LeastFreeBytes", StorageFolder.DefaultLeastFreeBytes));
        services.AddSingleton(storage);
        services.TryAddSingleton(TimeProvider.System);
        AddOptions(services, configuration);
        services.AddAudioStore(configuration);
        services.AddCatalogDatabase(configuration, storage).AddVectorTable(configuration);
        return services
            .AddSingleton<CatalogDatabase>()
            .AddSingleton<CatalogTelemetry>()
            .AddSingleton<StorageUse>()
            .AddSingleton<IncomingFiles>()
            .AddSingleton<CoverFiles>()
            .AddSingleton<SongCatalog>()
            .AddSingleton<CatalogOverview>()
            .AddSingleton<StoredSongs>()
            .AddSingleton<SongImporter>()
            .AddSingleton<FileImporter>()
            .AddSingleton<ImportRoots>()
            .AddSingleton<FolderImports>()
            .AddSingleton<IndexingSignal>()
            .AddSingleton<IndexRuns>()
            .AddSingleton<LiveIndex>()
            .AddSingleton<RankingChoice>()
            .AddSingleton<CatalogQuality>()
            .AddSingleton<LiveModel>()
            .AddSingleton<PredictionRefresh>()
            .AddSingleton<StoredModels>()
            .AddSingleton<TrainingRuns>()
            .AddSingleton<Recommender>()
            .AddSingleton<FactTable>()
            .AddSingleton<SongLists>()
            .AddSingleton<Playlists.Playlists>()
            .AddSingleton<SongMaps>()
            .AddSingleton(new AnalysisGate(Environment.ProcessorCount, WaitingPerProcessor * Environment.ProcessorCount))
            .AddSingleton<UploadLocks>()
            .AddSingleton<SongPortraits>()
            .AddSingleton<UploadService>()
            .AddSingleton<DemoCatalog>()
            .AddSingleton<Backups.Backups>()
            .AddSingleton<Restorer>();
    }

    /// <summary>Adds what a server does in the background: indexing, training, purge of expired uploads, the demo catalog.</summary>
    public static IServiceCollection AddCatalogWorkers(this IServiceCollection services) => services
        .AddSingleton<IndexQueue>()
        .AddSingleton<SongIndexer>()
        .AddSingleton<IndexPublisher>()
        .AddHostedService<IndexKeeper>()
        .AddHostedService<IndexingWorker>()
        .AddSingleton<TrainingWorker>()
        .AddHostedService(provider => provider.GetRequiredService<TrainingWorker>())
        .AddHostedService(provider => provider.GetRequiredService<PredictionRefresh>())
        .AddSingleton<BackupJobs>()
        .AddHostedService(provider => provider.GetRequiredService<BackupJobs>())
        .AddHostedService<UploadPurge>()
        .AddHostedService<PlaylistPurge>()
        .AddHostedService(provider => provider.GetRequiredService<FolderImports>())
        .AddHostedService(provider => provider.GetRequiredService<DemoCatalog>());

    private static void AddAudioStore(this IServiceCollection services, IConfiguration configuration)
    {
        if (S3Settings.Read(configuration) is { } settings)
        {
            services.AddSingleton<AudioStore>(provider =>
                new S3Audio(settings, provider.GetRequiredService<IncomingFiles>(), provider.GetRequiredService<TimeProvider>()));
        }
        else
        {
            services.AddSingleton<AudioStore, FolderAudio>();
        }
    }

    private static void AddOptions(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<UploadOptions>()
            .Bind(configuration.GetSection("Upload"))
            .Validate(upload => upload.MaxBytes is >= LeastMaxBytes and <= MostMaxBytes, $"Upload:MaxBytes must be {LeastMaxBytes} to {MostMaxBytes} bytes.")
            .ValidateOnStart();
        services.AddOptions<IndexingOptions>()
            .Bind(configuration.GetSection("Indexing"))
            .Validate(indexing => indexing.Workers is >= 0 and <= MostWorkers, $"Indexing:Workers must be 0 to {MostWorkers}.")
            .ValidateOnStart();
        services.AddOptions<ImportOptions>()
            .Bind(configuration.GetSection("Import"))
            .Validate(import => import.Roots.All(Path.IsPathFullyQualified), "Import:Roots must be full paths of folders.")
            .ValidateOnStart();
        services.AddOptions<DemoOptions>().Bind(configuration.GetSection("Demo")).ValidateOnStart();
    }
}
