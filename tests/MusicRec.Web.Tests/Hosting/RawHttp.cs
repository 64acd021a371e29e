using System.Net.Sockets;
using System.Text;

namespace MusicRec.Web.Tests.Hosting;

/// <summary>Requests as they stand, byte for byte: the usual client tidies addresses and sizes up before it sends them.</summary>
internal static class RawHttp
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    /// <summary>Sends a request, then nothing more, and reads until the server closes the connection.</summary>
    public static async Task<(int Status, string Text)> SendAsync(Uri server, string request)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var connection = new TcpClient();
        await connection.ConnectAsync(server.Host, server.Port, patience.Token);
        var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(request), patience.Token);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var text = await reader.ReadToEndAsync(patience.Token);
        return (text.Length < 12 ? 0 : int.Parse(text.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture), text);
    }

    public static Task<(int Status, string Text)> GetAsync(Uri server, string target) =>
        SendAsync(server, $"GET {target} HTTP/1.1\r\nHost: {server.Authority}\r\nX-Test-Address: 192.0.2.9\r\nConnection: close\r\n\r\n");
}
