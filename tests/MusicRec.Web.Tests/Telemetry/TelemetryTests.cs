using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using MusicRec.Web.Tests.Hosting;

namespace MusicRec.Web.Tests.Telemetry;

/// <summary>What a server tells those who watch it, in a process of its own: its numbers are those of the whole process.</summary>
public sealed class TelemetryTests
{
    private const string Token = "a word for scrapers only";

    private static readonly string[] Settings =
        [$"--Telemetry:Prometheus={Token}", $"--Admin:Email={WebApp.Email}", $"--Admin:Password={WebApp.Password}"];

    [Fact]
    public async Task Scrape_AfterSongsOfEveryKind_CountsThem()
    {
        var (server, address) = await ServerProcess.StartAsync(Settings);
        await using (server)
        {
            using var client = new HttpClient { BaseAddress = address };
            foreach (var file in (byte[][])[TestWav.Tone(), TestWav.Tone(), TestWav.Tone(500), TestWav.Executable(), TestWav.NoSamples()])
            {
                await client.PostAsync("/api/v1/analyses", new Multipart().File("file", "a.wav", file).Content());
            }

            await client.SubmitAsync("/account/login", new() { ["Email"] = WebApp.Email, ["Password"] = WebApp.Password });
            var form = new Multipart().Field(Browser.TokenField, await client.TokenAsync("/admin/songs/add"));
            await client.PostAsync("/admin/songs/add", form.File("files", "a.wav", TestWav.Tone()).File("files", "b.wav", TestWav.NotANumber()).Content());

            await WaitForAsync(address, "musicrec_songs_indexed", "", 1);
            await WaitForAsync(address, "musicrec_songs_failed", "reason=\"NonFiniteSamples\"", 1);
            await WaitForAsync(address, "musicrec_uploads_answered", "source=\"analysis\"", 2);
            await WaitForAsync(address, "musicrec_uploads_answered", "source=\"cache\"", 1);
            await WaitForAsync(address, "musicrec_uploads_refused", "reason=\"UnknownFormat\"", 1);
            await WaitForAsync(address, "musicrec_uploads_refused", "reason=\"NoSamples\"", 1);
            await WaitForAsync(address, "musicrec_queue_length", "", 0);
            await WaitForAsync(address, "http_server_request_duration_seconds_count", "http_route=\"api/v1/analyses\"", 3);
            Assert.Contains("dotnet_gc", await ScrapeAsync(address), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("another word altogether")]
    [InlineData("")]
    public async Task Scrape_WithoutTheWord_IsSentToSignIn(string? token)
    {
        var (server, address) = await ServerProcess.StartAsync(Settings);
        await using (server)
        {
            using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = address };
            client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", token is null ? null : $"Bearer {token}");

            var answer = await client.GetAsync("/metrics");

            Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
            Assert.StartsWith("/account/login", answer.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Scrape_NotAskedFor_IsNotFound()
    {
        using var app = new WebApp();
        using var client = await app.AdministratorAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/metrics")).StatusCode);
    }

    [Fact]
    public async Task Collector_Configured_GetsMetricsAndTraces()
    {
        using var collector = new Collector();
        var (server, address) = await ServerProcess.StartAsync(
            $"--OTEL_EXPORTER_OTLP_ENDPOINT={collector.Address}", "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf",
            "--OTEL_METRIC_EXPORT_INTERVAL=500", "--OTEL_BSP_SCHEDULE_DELAY=200");
        await using (server)
        {
            using var client = new HttpClient { BaseAddress = address };
            await client.PostAsync("/api/v1/analyses", new Multipart().File("file", "a.wav", TestWav.Tone()).Content());

            await collector.WaitForAsync("/v1/metrics", "musicrec.uploads.answered");
            await collector.WaitForAsync("/v1/traces", "answer upload");
        }
    }

    private static async Task WaitForAsync(Uri address, string metric, string tag, int least)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        string text;
        do
        {
            text = await ScrapeAsync(address);
            if (text.Split('\n').Any(line => line.StartsWith(metric, StringComparison.Ordinal) && line.Contains(tag, StringComparison.Ordinal) && ValueOf(line) >= least))
            {
                return;
            }

            await Task.Delay(300, CancellationToken.None);
        }
        while (!patience.IsCancellationRequested);

        Assert.Fail($"{metric} {tag} is not {least} in:\n{text}");
    }

    private static double ValueOf(string line) =>
        double.Parse(line.Split("} ")[^1].Split(' ')[line.Contains('}', StringComparison.Ordinal) ? 0 : 1], System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<string> ScrapeAsync(Uri address)
    {
        using var scraper = new HttpClient { BaseAddress = address };
        scraper.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        var answer = await scraper.GetAsync("/metrics");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>Takes what is sent to a collector and keeps it as text.</summary>
    private sealed class Collector : IDisposable
    {
        private readonly HttpListener _listener = new();
        private readonly ConcurrentQueue<(string Path, string Body)> _received = new();

        public Collector()
        {
            using (var free = new TcpListener(IPAddress.Loopback, 0))
            {
                free.Start();
                Address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/";
            }

            _listener.Prefixes.Add(Address);
            _listener.Start();
            _ = ReceiveAsync();
        }

        public string Address { get; }

        public async Task WaitForAsync(string path, string text)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            while (!_received.Any(request => request.Path == path && request.Body.Contains(text, StringComparison.Ordinal)))
            {
                await Task.Delay(50, patience.Token);
            }
        }

        public void Dispose() => _listener.Close();

        private async Task ReceiveAsync()
        {
            try
            {
                while (true)
                {
                    var context = await _listener.GetContextAsync();
                    using var reader = new StreamReader(context.Request.InputStream, System.Text.Encoding.Latin1);
                    _received.Enqueue((context.Request.Url!.AbsolutePath, await reader.ReadToEndAsync()));
                    context.Response.Close();
                }
            }
            catch (Exception exception) when (exception is ObjectDisposedException or HttpListenerException)
            {
                // The test is over.
            }
        }
    }
}
