using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MusicRec.Audio.Encoding;
using MusicRec.Catalog;
using MusicRec.Catalog.Demo;
using MusicRec.Catalog.Import;
using MusicRec.Catalog.Indexing;
using MusicRec.Catalog.Models;
using MusicRec.Catalog.Similarity;
using MusicRec.Catalog.Songs;
using MusicRec.Web.Accounts;

namespace MusicRec.Browser.Tests;

/// <summary>The product on a real port with a small catalog: demo songs, each of another genre.</summary>
public sealed class Site : WebApplicationFactory<Program>, IAsyncLifetime
{
    public const string Email = "admin@example.org";
    public const string Password = "a long enough password";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("musicrec-browser-");

    private readonly int _songs;
    private readonly bool _isNew;

    /// <param name="songs">Songs of the catalog, eight at most.</param>
    /// <param name="isNew">Without an administrator, as the program is at its first start.</param>
    public Site(int songs, bool isNew = false)
    {
        _songs = songs;
        _isNew = isNew;
        UseKestrel(0);
    }

    /// <summary>With which the first account is made.</summary>
    public string SetupCode => Services.GetRequiredService<FirstAccount>().Code!;

    public Uri Url => ClientOptions.BaseAddress;

    /// <summary>A song that is not in the catalog, as a visitor has it on disk.</summary>
    public string VisitorsSong => Path.Combine(_folder.FullName, "내 노래.wav");

    /// <summary>A program that calls itself a song.</summary>
    public string NotASong => Path.Combine(_folder.FullName, "setup.exe.wav");

    /// <summary>The server's folder that may be imported.</summary>
    public string Music => Path.Combine(_folder.FullName, "music");

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Music);
        StartServer();
        await File.WriteAllTextAsync(NotASong, "MZ\u0090 This program cannot be run in DOS mode.");
        await using (var song = File.Create(VisitorsSong))
        {
            DemoSongs.Write(DemoSongs.Others(1, firstSeed: 5000)[0], song);
        }

        foreach (var song in DemoSongs.Catalog.DistinctBy(song => song.Genre).Take(_songs))
        {
            using var wav = new MemoryStream();
            DemoSongs.Write(song, wav);
            wav.Position = 0;
            await Services.GetRequiredService<SongImporter>().ImportAsync(wav, $"{song.Artist}_{song.Title}.wav", song.Genre, CancellationToken.None);
        }

        while (_songs > 0 && Services.GetRequiredService<LiveIndex>().Current?.Count != _songs)
        {
            await Task.Delay(100);
        }
    }

    /// <summary>Short songs for the administrator to add, each of another pitch.</summary>
    public string[] MakeSongs(int count, double hertz) => [.. Enumerable.Range(0, count).Select(i =>
    {
        const int Rate = 22050;
        var path = Path.Combine(_folder.FullName, $"새 가수_새 노래 {hertz:F0} {i}.wav");
        using var file = File.Create(path);
        WavWriter.Write(file, [.. Enumerable.Range(0, Rate).Select(n => 0.3f * MathF.Sin((float)((hertz + (50 * i)) * 2 * Math.PI * n / Rate)))], 1, Rate);
        return path;
    })];

    /// <summary>Deletes the songs that are found by a text.</summary>
    public async Task DeleteAsync(string query)
    {
        var catalog = Services.GetRequiredService<SongCatalog>();
        foreach (var song in (await catalog.ListAsync(query, null, null, 1, 100, CancellationToken.None)).Items)
        {
            await catalog.DeleteAsync(song.Id, CancellationToken.None);
        }
    }

    public Task<SongCounts> CountAsync() => Services.GetRequiredService<SongCatalog>().CountAsync(CancellationToken.None);

    /// <summary>A run over all songs that waits to be resumed.</summary>
    public async Task BeginPausedRunAsync()
    {
        var runs = Services.GetRequiredService<IndexRuns>();
        await runs.PauseAsync(CancellationToken.None);
        await runs.StartAsync(ReindexScope.All, CancellationToken.None);
    }

    /// <summary>Until the catalog has so many songs, all of them indexed and with a genre by the live model.</summary>
    public async Task SettleAsync(int songs)
    {
        await using var scope = Services.CreateAsyncScope();
        var catalog = scope.ServiceProvider.GetRequiredService<CatalogContext>();
        var runs = Services.GetRequiredService<IndexRuns>();
        while (await catalog.Songs.CountAsync(song => song.Status == SongStatus.Indexed && song.ModelVersion == ModelVersion) != songs
            || await runs.LatestAsync(CancellationToken.None) is { State: IndexRunState.Running })
        {
            await Task.Delay(100);
        }
    }

    /// <summary>Version of the model that answers.</summary>
    public string ModelVersion => Services.GetRequiredService<LiveModel>().Classifier!.Model.Version;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder) => builder
        .UseSetting("Storage:Path", Path.Combine(_folder.FullName, "data"))
        .UseSetting("Demo:Enabled", "false")
        .UseSetting("Import:Roots:0", Music)
        .UseSetting("Admin:Email", _isNew ? "" : Email)
        .UseSetting("Admin:Password", _isNew ? "" : Password);
}
