using System.Diagnostics;
using MusicRec.Web.Tests.Hosting;

namespace MusicRec.Web.Tests.Security;

/// <summary>Senders that dawdle; only the real server minds them.</summary>
public sealed class SlowBodyTests : IDisposable
{
    private readonly WebApp _app = new();

    public SlowBodyTests()
    {
        _app.UseKestrel(0);
        _app.StartServer();
    }

    [Fact]
    public async Task Upload_ThatStopsHalfWay_IsEndedAndLeavesNothing()
    {
        var watch = Stopwatch.StartNew();

        var (status, _) = await RawHttp.SendAsync(_app.ClientOptions.BaseAddress, string.Join(
            "\r\n",
            "POST /api/v1/analyses HTTP/1.1", $"Host: {_app.ClientOptions.BaseAddress.Authority}", "X-Test-Address: 192.0.2.9", "Connection: close",
            "Content-Type: multipart/form-data; boundary=b", "Content-Length: 1000000", "",
            "--b", "Content-Disposition: form-data; name=\"file\"; filename=\"a.wav\"", "", "RIFF"));

        Assert.Equal(408, status);
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(35));
        Assert.Empty(_app.UploadedFiles());
    }

    public void Dispose() => _app.Dispose();
}
