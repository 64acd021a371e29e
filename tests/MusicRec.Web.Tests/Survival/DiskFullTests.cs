using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MusicRec.Catalog;
using MusicRec.Catalog.Backups;
using MusicRec.Catalog.Import;
using MusicRec.Disks;
using MusicRec.Web.Tests.Hosting;

namespace MusicRec.Web.Tests.Survival;

/// <summary>A disk that really runs full, in the middle of a file or of a row.</summary>
public sealed class DiskFullTests
{
    private const int Megabytes = 24;
    private const int Song = 20 * 22050;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Room for a part of the file; room for the file and not for the row; no room at all.</summary>
    [Theory]
    [InlineData(400_000)]
    [InlineData(1_000_000)]
    [InlineData(0)]
    public async Task Upload_DiskRunsFull_Is507LeavesNothingAndGoesOn(long free)
    {
        using var disk = new SmallDisk(Megabytes);
        await using var app = new OnDisk(disk.Folder);
        using var client = app.Visitor();
        var song = TestWav.Tone(440, Song);
        await client.GetAsync("/", Stop);
        disk.Fill(free);

        var answer = await client.PostAsync("/api/v1/analyses", new Multipart().File("file", "a.wav", song).Content(), Stop);

        // With a megabyte there may be room for the row as well.
        if (free < 1_000_000)
        {
            Assert.Equal(HttpStatusCode.InsufficientStorage, answer.StatusCode);
            Assert.Equal("StorageFull", JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Stop)).RootElement.GetProperty("code").GetString());
            Assert.Empty(app.UploadedFiles());
            await AssertPageAsync(client, song, "ko", "저장 공간이 거의 찼습니다");
            await AssertPageAsync(client, song, "en", "disk is nearly full");
        }

        disk.Empty();
        var after = await client.PostAsync("/api/v1/analyses", new Multipart().File("file", "a.wav", song).Content(), Stop);
        Assert.True(after.IsSuccessStatusCode);
        Assert.Single(app.UploadedFiles());
    }

    /// <summary>The file stands in the storage folder when the row finds no room.</summary>
    [Fact]
    public async Task Upload_NoRoomForTheRow_TakesTheFileBack()
    {
        using var disk = new SmallDisk(Megabytes);
        await using var app = new OnDisk(disk.Folder);
        using var client = app.Visitor();
        await client.GetAsync("/", Stop);
        var refused = 0;
        for (var free = 80_000; free > 20_000; free -= 4096)
        {
            disk.Fill(free);
            var answer = await client.PostAsync("/api/v1/analyses", new Multipart().File("file", "a.wav", TestWav.Tone(200 + (free / 100), 5000)).Content(), Stop);
            Assert.True(answer.IsSuccessStatusCode || answer.StatusCode == HttpStatusCode.InsufficientStorage, $"{answer.StatusCode} with {free} free");
            refused += answer.IsSuccessStatusCode ? 0 : 1;
            disk.Empty();
        }

        Assert.InRange(refused, 1, 100);
        await using var context = app.Services.GetRequiredService<IDbContextFactory<CatalogContext>>().CreateDbContext();
        var rows = await context.Uploads.Select(upload => upload.Sha256 + ".wav").Distinct().ToListAsync(Stop);
        Assert.Equal(rows.Order(StringComparer.Ordinal), app.UploadedFiles().Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Import_DiskRunsFull_StopsSaysSoAndGoesOnLater()
    {
        using var disk = new SmallDisk(Megabytes);
        using var folder = new SongsFolder(6);
        await using var app = new OnDisk(disk.Folder);
        using var client = app.Visitor();
        await client.GetAsync("/", Stop);
        disk.Fill(2_500_000);

        Assert.Equal(FolderImportState.StorageFull, await ImportAsync(app, folder.Path));
        await using var context = app.Services.GetRequiredService<IDbContextFactory<CatalogContext>>().CreateDbContext();
        var imported = await context.Songs.Select(song => song.Id).ToListAsync(Stop);
        Assert.InRange(imported.Count, 1, 5);
        Assert.Equal(
            imported.Select(id => $"{id:N}.wav").Order(StringComparer.Ordinal),
            Directory.GetFiles(app.Storage.Songs).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Empty(Directory.GetFiles(app.Storage.Incoming));

        disk.Empty();
        Assert.Equal(FolderImportState.Completed, await ImportAsync(app, folder.Path));
        await IndexedSongs.WaitAsync(app, 6);
        Assert.Equal(6, await context.Songs.CountAsync(Stop));
    }

    /// <summary>No room for the database's copy; room for it, and for a part of the archive.</summary>
    [Fact]
    public async Task BackupAndRestore_DiskRunsFull_SaySoLeaveNothingAndWorkLater()
    {
        using var disk = new SmallDisk(Megabytes);
        await using var app = new OnDisk(disk.Folder);
        using var client = await app.AdministratorAsync();
        var form = new Multipart().Field(Browser.TokenField, await client.TokenAsync("/admin/songs/add"));
        await client.PostAsync("/admin/songs/add", form.File("files", "a.wav", TestWav.Tone(440, 5 * Song)).Content(), Stop);
        await IndexedSongs.WaitAsync(app, 1);
        foreach (var free in (long[])[0, 1_000_000])
        {
            disk.Fill(free);
            await AssertJobAsync(app, client, "create", new() { ["withAudio"] = "true" }, "디스크 공간이 부족합니다");
            AssertNothingHalfWritten(app, backups: 0);
            disk.Empty();
        }

        await AssertJobAsync(app, client, "create", new() { ["withAudio"] = "true" }, "끝남");
        var backup = Assert.Single(app.Services.GetRequiredService<Catalog.Backups.Backups>().List()).Name;

        // No room to unpack it; room for that, and not for the restore point.
        foreach (var free in (long[])[0, UnpackedBytes(Path.Combine(app.Storage.Backups, backup)) + 50_000])
        {
            disk.Fill(free);
            await AssertJobAsync(app, client, "restore", new() { ["name"] = backup, ["confirmed"] = "true" }, "디스크 공간이 부족합니다");
            disk.Empty();
            AssertNothingHalfWritten(app, backups: 1);
        }

        await AssertJobAsync(app, client, "restore", new() { ["name"] = backup, ["confirmed"] = "true" }, "끝남");
    }

    private static async Task AssertJobAsync(WebApp app, HttpClient administrator, string job, Dictionary<string, string> fields, string words)
    {
        var jobs = app.Services.GetRequiredService<BackupJobs>();
        var before = jobs.Latest;
        await administrator.SubmitAsync("/admin/backups", fields, $"/admin/backups/{job}");
        while (jobs.Latest == before || jobs.Latest!.IsRunning)
        {
            await Task.Delay(20, Stop);
        }

        var page = (await administrator.PageAsync("/admin/backups")).Body!.TextContent;
        Assert.True(page.Contains(words, StringComparison.Ordinal), $"{job}: {jobs.Latest.Failure}");
    }

    private static long UnpackedBytes(string backup)
    {
        using var archive = ZipFile.OpenRead(backup);
        return archive.Entries.Sum(entry => entry.Length);
    }

    private static void AssertNothingHalfWritten(WebApp app, int backups)
    {
        Assert.Empty(Directory.GetFileSystemEntries(app.Storage.Incoming));
        Assert.Equal(backups, Directory.GetFiles(app.Storage.Backups).Length);
    }

    private static async Task<FolderImportState> ImportAsync(WebApp app, string folder)
    {
        var imports = app.Services.GetRequiredService<FolderImports>();
        Assert.True(imports.TryStart(folder, folderLabels: false));
        while (imports.Latest!.State == FolderImportState.Running)
        {
            await Task.Delay(50, Stop);
        }

        return imports.Latest.State;
    }

    private static async Task AssertPageAsync(HttpClient client, byte[] song, string language, string title)
    {
        var form = new Multipart().Field(Browser.TokenField, await client.TokenAsync("/")).File("file", "a.wav", song);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = form.Content() };
        request.Headers.Add("Accept-Language", language);
        var answer = await client.SendAsync(request, Stop);
        Assert.Equal(HttpStatusCode.InsufficientStorage, answer.StatusCode);
        Assert.Contains(title, (await answer.ReadPageAsync()).Body!.TextContent, StringComparison.Ordinal);
    }

    private sealed class OnDisk(DirectoryInfo folder) : WebApp(folder)
    {
        protected override Dictionary<string, string> Settings => new(base.Settings) { ["Storage:LeastFreeBytes"] = "0" };
    }

    private sealed class SongsFolder : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("musicrec-songs-");

        public SongsFolder(int count)
        {
            for (var i = 0; i < count; i++)
            {
                File.WriteAllBytes(System.IO.Path.Combine(_folder.FullName, $"{i}.wav"), TestWav.Tone(300 + (50 * i), Song));
            }
        }

        public string Path => _folder.FullName;

        public void Dispose() => _folder.Delete(recursive: true);
    }
}
