using System.CommandLine;
using System.Globalization;
using System.Net;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MusicRec.Audio.Encoding;
using MusicRec.Catalog;
using MusicRec.Catalog.Demo;
using MusicRec.Catalog.Demo.Synthesis;
using MusicRec.Catalog.Files;
using MusicRec.Catalog.Indexing;

namespace MusicRec.Cli.Benchmarks;

/// <summary>The web program as its users meet it: how soon it is ready, how long an upload takes alone and among others.</summary>
internal sealed class ServerBench()
    : BenchSection("server", "Start the web program on a large catalog; send songs to it, alone and many at once.", Web, CatalogBench.Songs, Starts, Minutes, Seconds, Visitors)
{
    private const int Alone = 40;

    /// <summary>Until the runtime has compiled for speed what only uploads use. Both together stay below the limit of a minute.</summary>
    private const int BeforeAlone = 18;

    /// <summary>After each start so many visitors come, with songs of 30 s that nobody sent before.</summary>
    private const int FirstVisitors = 10;
    private const int FirstSong = 1 << 24;
    private const double FirstSongsMinutes = 0.5;
    private const int Channels = 2;
    private const int Rate = 44_100;
    private const double MegaByte = 1 << 20;

    /// <summary>So that the disk is done with one song before the next comes.</summary>
    private static readonly TimeSpan BetweenAlone = TimeSpan.FromMilliseconds(250);

    private static readonly Option<string?> Web = new("--web")
    {
        Description = "The web program to measure, MusicRec.Web.dll of a folder made by 'dotnet publish'. Without it this section is left out.",
    };

    private static readonly Option<int> Starts = Numbers.Whole("--starts", "How often the web program is started.", 5, most: 1000);
    private static readonly Option<double> Minutes = Numbers.Real("--upload-minutes", "Length of the song that is sent.", 4, least: 0.1, most: 4.5);
    private static readonly Option<int> Seconds = Numbers.Whole("--upload-seconds", "How long visitors send songs at once.", 60, most: 3600);
    private static readonly Option<int> Visitors = Numbers.Whole("--upload-visitors", "How many visitors send songs at once.", 20, most: 1000);

    public override async Task RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var output = arguments.InvocationConfiguration.Output;
        if (arguments.GetValue(Web) is not { } web)
        {
            output.WriteLine();
            output.WriteLine("server: left out, for no --web names the published web program.");
            return;
        }

        var program = Path.GetFullPath(web);
        if (!File.Exists(program))
        {
            throw new CommandException($"There is no file {program}.");
        }

        var storage = Directory.CreateTempSubdirectory("musicrec-bench-");
        try
        {
            var songs = arguments.GetValue(CatalogBench.Songs);
            await FillAsync(storage.FullName, songs, cancellationToken);
            var timings = new Timings(output);
            timings.WriteHead($"server, {songs} songs");
            using var sweeper = new UploadSweeper(storage.FullName);
            await MeasureStartsAsync(program, storage.FullName, arguments.GetValue(Starts), timings, output, cancellationToken);
            var wav = MakeSong(arguments.GetValue(Minutes));
            await using var running = await WebProgram.StartAsync(program, storage.FullName, cancellationToken);
            await MeasureAloneAsync(running, wav, timings, cancellationToken);
            await MeasureAtOnceAsync(running, wav, arguments.GetValue(Visitors), TimeSpan.FromSeconds(arguments.GetValue(Seconds)), output, cancellationToken);
        }
        finally
        {
            storage.Delete(recursive: true);
        }
    }

    private static async Task FillAsync(string storage, int songs, CancellationToken cancellationToken)
    {
        using (var host = await CatalogHost.OpenAsync(storage, cancellationToken))
        {
            await using var context = await host.Services.GetRequiredService<IDbContextFactory<CatalogContext>>().CreateDbContextAsync(cancellationToken);
            await CatalogFiller.FillAsync(context, songs, cancellationToken);
            await host.Services.GetRequiredService<IndexPublisher>().PublishIfDueAsync(cancellationToken);

            // Songs without any file would look like a folder that is not mounted, and the program would not call itself ready.
            var oldest = await context.Songs.OrderBy(song => song.Id).Select(song => song.Id).FirstAsync(cancellationToken);
            await File.WriteAllBytesAsync(Path.Combine(storage, AudioStore.NameOf(oldest)), [], cancellationToken);
        }

        SqliteConnection.ClearAllPools();
    }

    private static async Task MeasureStartsAsync(
        string program, string storage, int starts, Timings timings, TextWriter output, CancellationToken cancellationToken)
    {
        var (times, resident) = (new double[starts], new double[starts]);
        var visits = new List<double[]>();
        var wav = MakeSong(FirstSongsMinutes);
        for (var i = 0; i < starts; i++)
        {
            await using var web = await WebProgram.StartAsync(program, storage, cancellationToken);
            times[i] = web.TimeToReady.TotalMilliseconds;

            // Past the warm-up, which runs beside the first requests.
            await Task.Delay(TimeSpan.FromSeconds(3), cancellationToken);
            resident[i] = web.ResidentBytes / MegaByte;
            visits.Add(await VisitAsync(web, wav, i * FirstVisitors, cancellationToken));
        }

        timings.Write("process started to ready", times);
        timings.Write("first visitor: page, 30 s of song sent, result page", [.. visits.Select(start => start[0])]);
        timings.Write("the tenth", [.. visits.Select(start => start[^1])]);
        Array.Sort(resident);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"memory then: {resident[starts / 2]:F0} MB resident at the median"));
    }

    /// <summary>The first visitors after a start, one after the other; each opens the page, sends a song and reads its result page. Returns how long each waited, ms.</summary>
    private static async Task<double[]> VisitAsync(WebProgram web, byte[] wav, int number, CancellationToken cancellationToken)
    {
        var times = new double[FirstVisitors];
        for (var i = 0; i < times.Length; i++)
        {
            await Task.Delay(BetweenAlone, cancellationToken);
            var started = TimeProvider.System.GetTimestamp();
            using var visitor = await UploadClient.OpenAsync(web.Address, IPAddress.Loopback, cancellationToken);
            await SendAsync(visitor, wav, FirstSong + number + i, cancellationToken);
            times[i] = TimeProvider.System.GetElapsedTime(started).TotalMilliseconds;
        }

        return times;
    }

    private static async Task SendAsync(UploadClient visitor, byte[] wav, int number, CancellationToken cancellationToken)
    {
        if (await visitor.SendAsync(wav, number, cancellationToken) is var status && status != HttpStatusCode.OK)
        {
            throw new CommandException($"An upload was answered by {(int)status}.");
        }
    }

    private static async Task MeasureAloneAsync(WebProgram web, byte[] wav, Timings timings, CancellationToken cancellationToken)
    {
        using var visitor = await UploadClient.OpenAsync(web.Address, IPAddress.Loopback, cancellationToken);
        var times = new double[Alone];
        for (var i = -BeforeAlone; i < Alone; i++)
        {
            await Task.Delay(BetweenAlone, cancellationToken);
            var started = TimeProvider.System.GetTimestamp();
            await SendAsync(visitor, wav, i, cancellationToken);
            if (i >= 0)
            {
                times[i] = TimeProvider.System.GetElapsedTime(started).TotalMilliseconds;
            }
        }

        timings.Write(string.Create(CultureInfo.InvariantCulture, $"{wav.Length / MegaByte:F0} MB sent, result page read, alone"), times);
        timings.Write("  the slowest twentieth of them, from", times[^(Alone / 20)]);
    }

    /// <summary>Each song comes from another address of this machine: the limits of one visitor are not what is measured.</summary>
    private static async Task MeasureAtOnceAsync(WebProgram web, byte[] wav, int visitors, TimeSpan duration, TextWriter output, CancellationToken cancellationToken)
    {
        var load = new UploadLoad(web, wav);
        await load.RunAsync(visitors, duration, cancellationToken);
        output.WriteLine();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"server, {visitors} visitors sending for {duration.TotalSeconds:F0} s"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"answers: {load.Answers}"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ms to the result page: {load.Percentile(0.5):F0} at the median, {load.Percentile(0.95):F0} for all but the slowest twentieth"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"memory: at most {load.MostResidentBytes / MegaByte:F0} MB resident, {load.ResidentBytesPerHour / MegaByte:+0;-0;0} MB an hour over the last three quarters"));
    }

    /// <summary>Demo songs one after the other, as a 16-bit stereo file.</summary>
    private static byte[] MakeSong(double minutes)
    {
        var samples = new float[(int)(minutes * 60 * Rate) * Channels];
        for (var (at, song) = (0, 0); at < samples.Length; song++)
        {
            var part = SongSynthesizer.Render(DemoSongs.Catalog[song].Genre, DemoSongs.Catalog[song].Seed).AsSpan();
            part = part[..Math.Min(part.Length, samples.Length - at)];
            part.CopyTo(samples.AsSpan(at));
            at += part.Length;
        }

        using var wav = new MemoryStream();
        WavWriter.Write(wav, samples, Channels, Rate);
        return wav.ToArray();
    }
}
