using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using MusicRec.Web.Tests.Hosting;

namespace MusicRec.Web.Tests.Survival;

public sealed class TerminatedTests
{
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(10);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>The sender has stopped in the middle of a song and keeps the connection: the program does not wait for it.</summary>
    [Fact]
    public async Task Terminate_UploadUnderWay_EndsSoonAndLeavesNothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no signal to send.");
        var (server, address) = await ServerProcess.StartAsync();
        await using var ending = server;
        using var connection = new TcpClient();
        await connection.ConnectAsync(address.Host, address.Port, Stop);
        await connection.GetStream().WriteAsync(
            Encoding.UTF8.GetBytes(string.Join(
                "\r\n",
                "POST /api/v1/analyses HTTP/1.1", $"Host: {address.Authority}", "Content-Type: multipart/form-data; boundary=b", "Content-Length: 1000000", "",
                "--b", "Content-Disposition: form-data; name=\"file\"; filename=\"a.wav\"", "", "RIFF")),
            Stop);
        while (server.Incoming().Length == 0)
        {
            await Task.Delay(20, Stop);
        }

        var clock = Stopwatch.StartNew();
        var code = await server.TerminateAsync();

        Assert.Equal(0, code);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Most);
        Assert.Empty(server.Incoming());
    }
}
