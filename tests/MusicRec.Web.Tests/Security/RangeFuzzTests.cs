using System.Globalization;
using System.Net;
using System.Text.Json;
using MusicRec.Web.Tests.Hosting;

namespace MusicRec.Web.Tests.Security;

/// <summary>Whatever part of a song is asked for, the answer is that part of it or none, and no file stays open.</summary>
public sealed class RangeFuzzTests : IDisposable
{
    private const int Inputs = 600;

    private static readonly byte[] Song = TestWav.Tone(587);

    private readonly WebApp _app = new();

    [Fact]
    public async Task Audio_AnyRangeHeader_IsThatPartOrNothing()
    {
        using var client = _app.Visitor();
        var address = await AddressAsync(client, Song);
        var random = new Random(20260102);
        for (var i = 0; i < Inputs; i++)
        {
            var range = RangeHeader(random);
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.TryAddWithoutValidation("Range", range);

            var answer = await client.SendAsync(request);

            await AssertPartAsync(range, answer);
        }

        Assert.Equal(0, OpenFiles());
    }

    [Fact]
    public async Task Audio_VisitorsThatLeave_LeaveNoFileOpen()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Open files are counted in /proc.");
        _app.UseKestrel(0);
        _app.StartServer();
        using var client = _app.Visitor();
        // More than the buffers on the way take in: the server is in the middle of it when the visitor goes.
        var address = await AddressAsync(client, TestWav.OfLength(32 << 20));

        for (var i = 0; i < 20; i++)
        {
            using var answer = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (OpenFiles() > 0)
        {
            await Task.Delay(50, patience.Token);
        }
    }

    public void Dispose() => _app.Dispose();

    private static async Task AssertPartAsync(string range, HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadAsByteArrayAsync();
        switch (answer.StatusCode)
        {
            case HttpStatusCode.OK:
                Assert.Equal(Song, body);
                break;
            case HttpStatusCode.PartialContent:
                var part = answer.Content.Headers.ContentRange!;
                Assert.Equal(Song.Length, part.Length);
                Assert.Equal(Song[(int)part.From!.Value..(int)(part.To!.Value + 1)], body);
                break;
            default:
                Assert.True(answer.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable, $"{range}: {answer.StatusCode}");
                break;
        }
    }

    private static string RangeHeader(Random random) => random.Next(6) switch
    {
        0 => $"bytes={Number(random)}-{Number(random)}",
        1 => $"bytes={Number(random)}-",
        2 => $"bytes=-{Number(random)}",
        3 => $"bytes={string.Join(',', Enumerable.Range(0, random.Next(2, 40)).Select(_ => $"{Number(random)}-{Number(random)}"))}",
        4 => $"{(random.Next(2) == 0 ? "items" : "BYTES")}={Number(random)}-{Number(random)}",
        _ => string.Concat(Enumerable.Range(0, random.Next(1, 20)).Select(_ => "bytes=-,0123456789 ;\"*"[random.Next(22)])),
    };

    private static string Number(Random random) => random.Next(7) switch
    {
        0 => "0",
        1 => random.Next(Song.Length).ToString(CultureInfo.InvariantCulture),
        2 => (Song.Length + random.Next(-2, 3)).ToString(CultureInfo.InvariantCulture),
        3 => long.MaxValue.ToString(CultureInfo.InvariantCulture),
        4 => "99999999999999999999999",
        5 => "-1",
        _ => "",
    };

    private static async Task<string> AddressAsync(HttpClient client, byte[] song)
    {
        var answer = await client.PostAsync("/api/v1/analyses", new Multipart().File("file", "a.wav", song).Content());
        return $"/uploads/{JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetString()}/audio";
    }

    /// <summary>Files of this program's storage folder that the process has open, the database aside; 0 where that cannot be told.</summary>
    private int OpenFiles() => !OperatingSystem.IsLinux() ? 0 : Directory.GetFiles("/proc/self/fd")
        .Select(link => new FileInfo(link).LinkTarget)
        .Count(target => target?.StartsWith(_app.Storage.Uploads, StringComparison.Ordinal) == true);
}
