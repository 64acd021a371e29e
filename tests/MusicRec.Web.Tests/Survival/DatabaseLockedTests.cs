using System.Net;
using Microsoft.Data.Sqlite;
using MusicRec.Web.Tests.Hosting;

namespace MusicRec.Web.Tests.Survival;

/// <summary>Another program holds SQLite's file for itself alone.</summary>
public sealed class DatabaseLockedTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Locked_ByAnother_IsSaidInWordsAndEndsByItself()
    {
        await using var app = new Impatient();
        using var client = await app.AdministratorAsync();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/songs", Stop)).StatusCode);
        SqliteConnection.ClearAllPools();
        await using (var other = await LockAsync(app.Storage.Database))
        {
            var form = new Multipart().File("file", "a.wav", TestWav.Tone());
            var answer = await client.PostAsync("/api/v1/analyses", form.Content(), Stop);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Contains("DatabaseAway", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
            Assert.Equal(TimeSpan.FromSeconds(5), answer.Headers.RetryAfter!.Delta);
            Assert.Empty(app.UploadedFiles());
        }

        Assert.True((await client.PostAsync("/api/v1/analyses", new Multipart().File("file", "a.wav", TestWav.Tone()).Content(), Stop)).IsSuccessStatusCode);
        var add = new Multipart().Field(Browser.TokenField, await client.TokenAsync("/admin/songs/add"));
        await client.PostAsync("/admin/songs/add", add.File("files", "가수_곡.wav", TestWav.Tone(300)).Content(), Stop);
        await IndexedSongs.WaitAsync(app, 1);
    }

    private static async Task<SqliteConnection> LockAsync(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 30 }.ConnectionString);
        await connection.OpenAsync(Stop);
        await using var command = connection.CreateCommand();
        command.CommandText = "BEGIN EXCLUSIVE";
        await command.ExecuteNonQueryAsync(Stop);
        return connection;
    }

    private sealed class Impatient : WebApp
    {
        private readonly DirectoryInfo _folder;

        public Impatient()
            : this(Directory.CreateTempSubdirectory("musicrec-locked-"))
        {
        }

        private Impatient(DirectoryInfo folder)
            : base(folder) => _folder = folder;

        /// <summary>SQLite waits thirty seconds for a lock unless told otherwise.</summary>
        protected override Dictionary<string, string> Settings => new(base.Settings)
        {
            ["Catalog:ConnectionString"] = $"Data Source={Path.Combine(_folder.FullName, "catalog.db")};Default Timeout=1",
        };

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            SqliteConnection.ClearAllPools();
            if (disposing && _folder.Exists)
            {
                _folder.Delete(recursive: true);
            }
        }
    }
}
