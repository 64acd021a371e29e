using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using MusicRec.Catalog.Similarity;

namespace MusicRec.Catalog.Tests.Survival;

/// <summary>
/// Processes that import and index a folder, killed at random moments and started again. A few kills in every run;
/// <c>MUSICREC_KILLS=50</c> for the night.
/// </summary>
public abstract class KillTests(int processes)
{
    private const int Songs = 30;

    // A process that starts or has just finished does nothing that could be cut off: kills wait until there is work, but not for ever.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private const int LongestDelayMilliseconds = 600;

    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("MUSICREC_KILLS") ?? "2", CultureInfo.InvariantCulture);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ImportAndReindex_KilledAtRandomMoments_EverySongIsThereExactlyOnce()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var folder = Directory.CreateTempSubdirectory("musicrec-kill-");
        var hashes = await WriteSongsAsync(folder.FullName);

        await KillAsync(catalog, folder.FullName);
        await FinishAsync(catalog, folder.FullName);

        await AssertCompleteAsync(catalog, hashes);
        folder.Delete(recursive: true);
    }

    private static async Task<List<string>> WriteSongsAsync(string folder)
    {
        var hashes = new List<string>();
        for (var i = 0; i < Songs; i++)
        {
            var wav = Wav.Tone(150 + (20 * i), seconds: 5);
            hashes.Add(Convert.ToHexStringLower(SHA256.HashData(wav)));
            await File.WriteAllBytesAsync(Path.Combine(folder, $"가수_곡 {i}.wav"), wav, Stop);
        }

        return [.. hashes.Order(StringComparer.Ordinal)];
    }

    /// <summary>Kills one process after the other; once one has ended by itself, everything is indexed anew.</summary>
    private async Task KillAsync(TestCatalog catalog, string folder)
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var (kills, atWork, ended) = (0, 0, 0);
        var running = Enumerable.Range(0, processes).Select(_ => CommandLine.Start(catalog, "import", folder, "--index")).ToArray();
        while (kills < Kills)
        {
            var isAtWork = await WaitForWorkAsync(catalog);
            await Task.Delay(random.Next(LongestDelayMilliseconds), Stop);
            var victim = random.Next(processes);
            if (running[victim].HasExited)
            {
                await AssertEndedWellAsync(running[victim]);
                ended++;
            }
            else
            {
                await running[victim].KillAsync();
                kills++;
                atWork += isAtWork ? 1 : 0;
            }

            running[victim].Dispose();
            running[victim] = ended == 0 ? CommandLine.Start(catalog, "import", folder, "--index") : CommandLine.Start(catalog, "reindex", "--all");
        }

        await using (var context = catalog.Open())
        {
            var (songs, analysed) = (await context.Songs.CountAsync(Stop), await context.Vectors.CountAsync(Stop));
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{kills} kills of {processes} process(es), {atWork} while the catalog changed, {ended} ended by themselves, {songs} songs imported and {analysed} analysed by then, seed {seed}");
        }

        Assert.True(atWork > 0, "Nothing was cut off.");
        foreach (var child in running)
        {
            await AssertEndedWellAsync(child);
            child.Dispose();
        }
    }

    /// <summary>Whether songs came, were claimed or were done since the call.</summary>
    private static async Task<bool> WaitForWorkAsync(TestCatalog catalog)
    {
        var before = await StateAsync(catalog);
        for (var waited = TimeSpan.Zero; waited < LongestWait; waited += TimeSpan.FromMilliseconds(20))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), Stop);
            if (await StateAsync(catalog) != before)
            {
                return true;
            }
        }

        return false;
    }

    private static async Task<(int Songs, int Attempts, int Indexed, int Vectors)> StateAsync(TestCatalog catalog)
    {
        await using var context = catalog.Open();
        return (
            await context.Songs.CountAsync(Stop), await context.Songs.SumAsync(song => song.Attempts, Stop),
            await context.Songs.CountAsync(song => song.Status == SongStatus.Indexed, Stop), await context.Vectors.CountAsync(Stop));
    }

    /// <summary>A song may have failed, for its workers were killed three times; the program itself may not.</summary>
    private static async Task AssertEndedWellAsync(CommandLine child)
    {
        var (exitCode, output, error) = await child.EndAsync();
        Assert.True(exitCode == 0 || output.Contains("completed: ", StringComparison.Ordinal), error);
    }

    private static async Task FinishAsync(TestCatalog catalog, string folder)
    {
        using var import = CommandLine.Start(catalog, "import", folder, "--index");
        await AssertEndedWellAsync(import);
        using var reindex = CommandLine.Start(catalog, "reindex");
        var (exitCode, _, error) = await reindex.EndAsync();
        Assert.True(exitCode == 0, error);
    }

    private static async Task AssertCompleteAsync(TestCatalog catalog, List<string> hashes)
    {
        await using var context = catalog.Open();
        var songs = await context.Songs.AsNoTracking().ToListAsync(Stop);
        Assert.Equal(hashes, songs.Select(song => song.Sha256).Order(StringComparer.Ordinal));
        Assert.All(songs, song => Assert.Equal(SongStatus.Indexed, song.Status));
        Assert.Equal(
            songs.Select(song => song.Id).Order(), (await context.Vectors.Select(vector => vector.SongId).ToListAsync(Stop)).Order());

        await catalog.RefreshAsync();
        Assert.Equal(Songs, catalog.Get<LiveIndex>().Current!.Count);
        foreach (var song in songs)
        {
            var stored = await File.ReadAllBytesAsync(Path.Combine(catalog.Storage.Songs, $"{song.Id:N}.wav"), Stop);
            Assert.Equal(song.Sha256, Convert.ToHexStringLower(SHA256.HashData(stored)));
            var similar = await catalog.Get<Recommender>().SimilarToSongAsync(song.Id, Songs, Stop);
            Assert.Equal(Songs - 1, similar!.Select(one => one.Song.Sha256).Distinct().Count());
        }
    }
}

/// <summary>Three processes on one catalog.</summary>
public sealed class KillThreeProcessesTests() : KillTests(3);
