using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using MusicRec.Audio.Features;
using MusicRec.Catalog.Files;
using MusicRec.Catalog.Import;
using MusicRec.Catalog.Indexing;
using MusicRec.Catalog.Similarity;
using MusicRec.Catalog.Similarity.Pgvector;

namespace MusicRec.Catalog.Tests;

/// <summary>
/// A catalog with a real database and a folder of its own. Nothing runs in the background: a test says when the workers
/// work and how late it is.
/// </summary>
internal sealed class TestCatalog : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly TestDatabase _database;
    private readonly bool _isOwner;
    private readonly ServiceProvider _services;

    private TestCatalog(
        DirectoryInfo folder, TestDatabase database, bool isOwner, FakeTimeProvider time, Action<IServiceCollection>? configure, Dictionary<string, string?> settings)
    {
        (_folder, _database, _isOwner) = (folder, database, isOwner);
        Time = time;
        settings["Storage:Path"] = folder.FullName;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(database.Settings).AddInMemoryCollection(settings).Build();
        var services = new ServiceCollection()
            .AddSingleton<TimeProvider>(time)
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.None))
            .AddCatalog(configuration, folder.FullName)
            .AddCatalogWorkers();
        configure?.Invoke(services);
        _services = services.BuildServiceProvider();
    }

    public FakeTimeProvider Time { get; }

    public StorageFolder Storage => Get<StorageFolder>();

    /// <summary>What another process is told to work on this catalog.</summary>
    public Dictionary<string, string?> Settings => new(_database.Settings) { ["Storage:Path"] = _folder.FullName };

    public static async Task<TestCatalog> CreateAsync(Action<IServiceCollection>? configure = null, Dictionary<string, string?>? settings = null) =>
        await CreateAsync(await TestDatabase.CreateAsync(), configure, settings);

    /// <summary>In a folder that somebody else deletes.</summary>
    public static async Task<TestCatalog> CreateAsync(DirectoryInfo folder, Dictionary<string, string?> settings)
    {
        var catalog = new TestCatalog(folder, await TestDatabase.CreateAsync(), false, NewTime(), null, settings);
        await catalog.Get<CatalogDatabase>().PrepareAsync(CancellationToken.None);
        return catalog;
    }

    /// <summary>In a database of another kind.</summary>
    public static async Task<TestCatalog> CreateAsync(
        TestDatabase database, Action<IServiceCollection>? configure = null, Dictionary<string, string?>? settings = null)
    {
        var catalog = new TestCatalog(Directory.CreateTempSubdirectory("musicrec-test-"), database, true, NewTime(), configure, settings ?? []);
        await catalog.Get<CatalogDatabase>().PrepareAsync(CancellationToken.None);
        return catalog;
    }

    /// <summary>Another process on the same folder and database, or the same program started again.</summary>
    public async Task<TestCatalog> StartAgainAsync()
    {
        var catalog = new TestCatalog(_folder, _database, false, Time, null, []);
        await catalog.Get<CatalogDatabase>().PrepareAsync(CancellationToken.None);
        await catalog.LoadIndexAsync();
        return catalog;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public CatalogContext Open() => Get<IDbContextFactory<CatalogContext>>().CreateDbContext();

    public async Task<ImportResult> ImportAsync(byte[] wav, string fileName, string? label = null)
    {
        Time.Advance(TimeSpan.FromMilliseconds(1));
        return await Get<SongImporter>().ImportAsync(new MemoryStream(wav), fileName, label, CancellationToken.None);
    }

    /// <summary>Imports tones of rising pitch and indexes them.</summary>
    public async Task<IReadOnlyList<Song>> AddTonesAsync(int count, double firstHertz = 200)
    {
        var songs = new List<Song>();
        for (var i = 0; i < count; i++)
        {
            songs.Add((await ImportAsync(Wav.Tone(firstHertz * Math.Pow(1.2, i)), $"가수_곡 {firstHertz:F0} {i}.wav")).Song!);
        }

        await IndexAllAsync();
        return songs;
    }

    /// <summary>Writes a song with given features straight to the database, as if it had been indexed; without an embedding it gets one that follows from them.</summary>
    public async Task<Song> AddVectorAsync(FeatureVector features, string? sha256 = null)
    {
        Time.Advance(TimeSpan.FromMilliseconds(1));
        await using var context = Open();
        var song = new Song(new SongName("", "벡터"), "vector.wav", sha256 ?? $"{Guid.NewGuid():N}{Guid.NewGuid():N}", 30, null, Time.GetUtcNow());
        song.BeginAttempt(Guid.NewGuid(), Time.GetUtcNow());
        song.Complete(null, Time.GetUtcNow());
        context.Add(song);
        context.Add(new SongVector(song.Id, Sounds.Of(features)));
        await context.SaveChangesAsync();
        return song;
    }

    /// <summary>Works the queue off and brings the live index up to date.</summary>
    public async Task IndexAllAsync()
    {
        await WorkOffAsync();
        await RefreshAsync();
    }

    /// <summary>Indexes what is queued, or the first few of it.</summary>
    public async Task WorkOffAsync(int atMost = int.MaxValue)
    {
        for (var i = 0; i < atMost && await Get<IndexQueue>().ClaimNextAsync(CancellationToken.None) is { } song; i++)
        {
            await Get<SongIndexer>().IndexAsync(song, CancellationToken.None);
        }
    }

    /// <summary>What the program does every second.</summary>
    public async Task RefreshAsync()
    {
        await Get<IndexPublisher>().PublishIfDueAsync(CancellationToken.None);
        await LoadIndexAsync();
    }

    private static FakeTimeProvider NewTime() => new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    /// <summary>Loads the newest version and ranks it as chosen.</summary>
    private async Task LoadIndexAsync()
    {
        if (_services.GetService<VectorTable>() is { } table)
        {
            await table.KeepUpAsync(CancellationToken.None);
        }

        await Get<LiveIndex>().LoadLatestAsync(CancellationToken.None);
        Get<LiveIndex>().PrepareRanking(CancellationToken.None);
    }

    public async Task<Song> ReadAsync(Guid id)
    {
        await using var context = Open();
        return await context.Songs.AsNoTracking().SingleAsync(song => song.Id == id);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (_isOwner)
        {
            await _database.DisposeAsync();
            _folder.Delete(recursive: true);
        }
    }
}
