using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MusicRec.Catalog;
using MusicRec.Web.Tests.Hosting;

namespace MusicRec.Web.Tests.Health;

/// <summary>The folder of the songs' files is moved away, as when its disk is not mounted.</summary>
public sealed class MissingSongsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("musicrec-web-");

    [Fact]
    public async Task Songs_FolderMovedAway_IsUnhealthyNowAndAtTheNextStartAndLosesNothing()
    {
        using var app = new Over(_folder);
        using var administrator = await app.AdministratorAsync();
        var form = new Multipart().Field(Browser.TokenField, await administrator.TokenAsync("/admin/songs/add"));
        await administrator.PostAsync("/admin/songs/add", form.File("files", "가수_하나.wav", TestWav.Tone(300)).File("files", "가수_둘.wav", TestWav.Tone(500)).Content());
        await IndexedSongs.WaitAsync(app, 2);
        await AssertAsync(app, HttpStatusCode.OK, "Healthy", "");

        Directory.Move(app.Storage.Songs, app.Storage.Songs + "-away");
        await AssertAsync(app, HttpStatusCode.ServiceUnavailable, "Unhealthy", "missing");

        using (var again = new Over(_folder))
        {
            await AssertAsync(again, HttpStatusCode.ServiceUnavailable, "Unhealthy", "missing");
            await using var context = again.Services.GetRequiredService<IDbContextFactory<CatalogContext>>().CreateDbContext();
            Assert.Equal(2, await context.Songs.CountAsync(song => song.Status == SongStatus.Indexed));

            // The start made an empty folder, as over a mount point.
            Directory.Delete(app.Storage.Songs);
            Directory.Move(app.Storage.Songs + "-away", app.Storage.Songs);
            await AssertAsync(again, HttpStatusCode.OK, "Healthy", "");
        }

        File.Delete(Directory.GetFiles(app.Storage.Songs)[0]);
        await AssertAsync(app, HttpStatusCode.OK, "Degraded", "some songs");
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    private static async Task AssertAsync(WebApp app, HttpStatusCode status, string state, string reason)
    {
        using var client = app.Visitor();
        var answer = await client.GetAsync("/health/ready");
        var report = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(state, report.GetProperty("checks").GetProperty("songs").GetString());
        Assert.Contains(reason, report.GetProperty("reasons").ToString(), StringComparison.Ordinal);
        Assert.Equal(status, answer.StatusCode);
    }

    private sealed class Over(DirectoryInfo folder) : WebApp(folder);
}
