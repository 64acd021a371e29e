using System.Net;
using System.Net.Http.Headers;
using MusicRec.Web.Tests.Hosting;

namespace MusicRec.Postgres.Tests.S3;

/// <summary>Two web processes with one database and one bucket; what visitors see of the bucket.</summary>
public sealed class S3WebTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("musicrec-s3-nodes-");
    private S3Bucket _bucket = null!;
    private TestDatabase _database = null!;
    private Node _one = null!;
    private Node _another = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _bucket = await S3Bucket.CreateAsync();
        _database = await TestDatabase.CreateAsync();
        (_one, _another) = (new Node(_folder, _database, _bucket), new Node(_folder, _database, _bucket));
        await Task.WhenAll(Task.Run(() => _one.Server), Task.Run(() => _another.Server));
    }

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await _one.DisposeAsync();
            await _another.DisposeAsync();
            await _database.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Upload_ToOneNode_IsPlayedInRangesByTheOther()
    {
        using var visitor = _one.Visitor();
        using var listener = _another.Visitor();
        var song = TestWav.Tone(330, samples: 200_000);

        var address = await UploadAsync(visitor, song);

        Assert.Contains("가수_노래.wav", (await listener.PageAsync(address)).Body!.TextContent, StringComparison.Ordinal);
        var whole = await listener.GetAsync(address + "/audio", Stop);
        Assert.Equal(("audio/wav", song.Length), (whole.Content.Headers.ContentType!.MediaType, whole.Content.Headers.ContentLength));
        Assert.Equal(song, await whole.Content.ReadAsByteArrayAsync(Stop));
        foreach (var (from, to) in ((long, long?)[])[(0, 99), (300_000, 300_009), (60_000, 70_000), (350_000, null)])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address + "/audio") { Headers = { Range = new RangeHeaderValue(from, to) } };
            var part = await listener.SendAsync(request, Stop);
            Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
            Assert.Equal(song[(int)from..((int?)(to + 1) ?? song.Length)], await part.Content.ReadAsByteArrayAsync(Stop));
        }

        using var known = new HttpRequestMessage(HttpMethod.Get, address + "/audio") { Headers = { IfNoneMatch = { whole.Headers.ETag! } } };
        Assert.Equal(HttpStatusCode.NotModified, (await listener.SendAsync(known, Stop)).StatusCode);
        using var head = new HttpRequestMessage(HttpMethod.Head, address + "/audio");
        Assert.Equal(song.Length, (await listener.SendAsync(head, Stop)).Content.Headers.ContentLength);
    }

    [Fact]
    public async Task Bucket_AwayAndBack_IsSaidInWordsAndEndsByItself()
    {
        using var visitor = _one.Visitor();
        using var administrator = await _another.AdministratorAsync();
        var address = await UploadAsync(visitor, TestWav.Tone(330));
        var form = new Multipart().Field(Browser.TokenField, await administrator.TokenAsync("/admin/songs/add")).File("files", "가수_곡.wav", TestWav.Tone(300));
        await administrator.PostAsync("/admin/songs/add", form.Content(), Stop);
        await IndexedSongs.WaitAsync(_one, 1);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/health/ready", Stop)).StatusCode);

        await _bucket.SetAsync(S3Fault.Away);

        foreach (var (language, words) in ((string, string)[])[("ko", "지금은 노래를 저장하거나 재생할 수 없습니다"), ("en", "Songs cannot be stored or played at the moment")])
        {
            await AssertAwayAsync(visitor, new HttpRequestMessage(HttpMethod.Get, address + "/audio"), language, words);
            await AssertAwayAsync(visitor, await RequestAsync(visitor, TestWav.Tone(500)), language, words);
        }

        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(address, Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/songs", Stop)).StatusCode);
        var health = await visitor.GetAsync("/health/ready", Stop);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.Contains("\"storage\":\"Unhealthy\"", await health.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);

        // Keys that are withdrawn are no other thing to visitors; the log says more.
        await _bucket.SetAsync(S3Fault.Refuse);
        await AssertAwayAsync(visitor, new HttpRequestMessage(HttpMethod.Get, address + "/audio"), "en", "Songs cannot be stored or played at the moment");
        var refused = await (await visitor.GetAsync("/health/ready", Stop)).Content.ReadAsStringAsync(Stop);
        Assert.Contains("refuses the program", refused, StringComparison.Ordinal);
        Assert.DoesNotContain(S3Bucket.Secret, refused, StringComparison.Ordinal);

        await _bucket.SetAsync(S3Fault.None);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(address + "/audio", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/health/ready", Stop)).StatusCode);
        await UploadAsync(visitor, TestWav.Tone(500));
        var dashboard = (await administrator.PageAsync("/admin")).Body!.TextContent;
        Assert.Contains(_bucket.Settings["Storage:S3:Bucket"], dashboard, StringComparison.Ordinal);
        Assert.DoesNotContain(S3Bucket.Secret, dashboard, StringComparison.Ordinal);
    }

    private static async Task<string> UploadAsync(HttpClient visitor, byte[] song)
    {
        using var request = await RequestAsync(visitor, song);
        var answer = await visitor.SendAsync(request, Stop);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return answer.Headers.Location!.OriginalString;
    }

    private static async Task<HttpRequestMessage> RequestAsync(HttpClient visitor, byte[] song) => new(HttpMethod.Post, "/")
    {
        Content = new Multipart().Field(Browser.TokenField, await visitor.TokenAsync("/")).File("file", "가수_노래.wav", song).Content(),
    };

    private static async Task AssertAwayAsync(HttpClient visitor, HttpRequestMessage request, string language, string words)
    {
        using (request)
        {
            request.Headers.Add("Accept-Language", language);
            var answer = await visitor.SendAsync(request, Stop);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.NotNull(answer.Headers.RetryAfter);
            Assert.Contains(words, (await answer.ReadPageAsync()).Body!.TextContent, StringComparison.Ordinal);
        }
    }

    private sealed class Node(DirectoryInfo folder, TestDatabase database, S3Bucket bucket) : WebApp(folder)
    {
        protected override Dictionary<string, string> Settings =>
            new([.. base.Settings, .. bucket.Settings, .. database.Settings.Where(pair => pair.Value is not null).Select(pair => KeyValuePair.Create(pair.Key, pair.Value!))]);
    }
}
