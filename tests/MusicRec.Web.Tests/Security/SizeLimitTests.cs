using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using MusicRec.Web.Tests.Hosting;

namespace MusicRec.Web.Tests.Security;

public sealed class SizeLimitTests(Uploads.UploadTests.SmallLimit app) : IClassFixture<Uploads.UploadTests.SmallLimit>
{
    private const int Limit = 1 << 20;

    [Theory]
    [InlineData("/", -2, HttpStatusCode.SeeOther, "")]
    [InlineData("/", 0, HttpStatusCode.SeeOther, "")]
    [InlineData("/", 1, HttpStatusCode.RequestEntityTooLarge, "1 MB")]
    [InlineData("/api/v1/analyses", -2, HttpStatusCode.Created, "")]
    [InlineData("/api/v1/analyses", 0, HttpStatusCode.Created, "")]
    [InlineData("/api/v1/analyses", 1, HttpStatusCode.RequestEntityTooLarge, "Files up to 1 MB are accepted")]
    [InlineData("/admin/songs/add", 0, HttpStatusCode.OK, "Added")]
    [InlineData("/admin/songs/add", 1, HttpStatusCode.OK, "Files up to 1 MB are accepted")]
    public async Task Upload_AroundTheLimit_IsTakenOrRefusedInWords(string path, int beyond, HttpStatusCode status, string text)
    {
        using var client = await app.AdministratorAsync($"203.0.113.{path.Length + beyond + 10}");
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        var form = new Multipart();
        if (path != "/api/v1/analyses")
        {
            form.Field(Browser.TokenField, await client.TokenAsync(path));
        }

        // The header has 44 bytes and a sample has 2: what is odd goes behind the samples.
        byte[] wav = [.. TestWav.OfLength(Limit + Math.Min(beyond, 0)), .. new byte[Math.Max(beyond, 0)]];
        wav[^1] = (byte)path.Length;

        var answer = await client.PostAsync(path, form.File(path.StartsWith("/admin", StringComparison.Ordinal) ? "files" : "file", "a.wav", wav).Content());

        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(text, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(app.Storage.Incoming));
    }
}

/// <summary>Twenty of the largest songs at once cost neither the memory nor the temporary files of twenty songs.</summary>
public sealed class ParallelUploadTests : IDisposable
{
    private const int Uploads = 20;
    private const int Bytes = 32 << 20;

    private readonly LargerLimit _app = new();

    public ParallelUploadTests()
    {
        _app.UseKestrel(0);
        _app.StartServer();
    }

    [Fact]
    public async Task Create_TwentyOfTheLargestAtOnce_AreStreamed()
    {
        var body = await new Multipart().File("file", "a.wav", TestWav.OfLength(Bytes)).Content().ReadAsByteArrayAsync();
        using var client = _app.Visitor();
        var before = WorkingSet();

        var peak = before;
        var uploads = Task.WhenAll(Enumerable.Range(0, Uploads).Select(_ => client.PostAsync("/api/v1/analyses", Content(body))));
        while (!uploads.IsCompleted)
        {
            peak = Math.Max(peak, WorkingSet());
            await Task.Delay(10);
        }

        Assert.All(await uploads, answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        Assert.True(peak - before < (long)Uploads * Bytes / 2, $"{(peak - before) >> 20} MiB for {Uploads} songs of {Bytes >> 20}");
        Assert.Empty(Directory.GetFiles(_app.Storage.Incoming));
        Assert.Empty(Directory.GetFiles(Path.GetTempPath(), "ASPNETCORE_*"));
        Assert.Single(_app.UploadedFiles());
    }

    public void Dispose() => _app.Dispose();

    private static long WorkingSet()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    private static ByteArrayContent Content(byte[] body) =>
        new(body) { Headers = { ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=----MusicRecTestBoundary") } };

    private sealed class LargerLimit : WebApp
    {
        protected override Dictionary<string, string> Settings => new(base.Settings) { ["Upload:MaxBytes"] = $"{Bytes}" };
    }
}
