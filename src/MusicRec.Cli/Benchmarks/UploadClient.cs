using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace MusicRec.Cli.Benchmarks;

/// <summary>A visitor who sends songs by the page's form, as a browser does, and reads the result page that follows.</summary>
internal sealed partial class UploadClient : IDisposable
{
    private const string TokenField = "__RequestVerificationToken";

    private readonly HttpClient _client;
    private string _token = "";

    private UploadClient(HttpClient client) => _client = client;

    /// <summary>Opens the first page, for cookie and token.</summary>
    /// <param name="server">Address of the program.</param>
    /// <param name="from">Address of the visitor: one of this machine's own. Limits hold per address.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    public static async Task<UploadClient> OpenAsync(Uri server, IPAddress from, CancellationToken cancellationToken)
    {
        var handler = new SocketsHttpHandler { ConnectCallback = (context, token) => ConnectAsync(from, context.DnsEndPoint, token) };
        var client = new UploadClient(new HttpClient(handler) { BaseAddress = server, Timeout = TimeSpan.FromMinutes(2) });
        var page = await client._client.GetStringAsync("/", cancellationToken);
        client._token = Token().Match(page).Groups[1].Value;
        return client;
    }

    /// <summary>Sends a song and reads the result page. Returns the status of the last answer.</summary>
    /// <param name="wav">A 16-bit WAV file; its last four bytes are replaced, so that no two songs are the same.</param>
    /// <param name="number">What they are replaced by.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    public async Task<HttpStatusCode> SendAsync(ReadOnlyMemory<byte> wav, int number, CancellationToken cancellationToken)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(_token), TokenField },
            { new SongContent(wav, number), "file", "song.wav" },
        };
        using var answer = await _client.PostAsync("/", form, cancellationToken);
        await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        return answer.StatusCode;
    }

    public void Dispose() => _client.Dispose();

    private static async ValueTask<Stream> ConnectAsync(IPAddress from, DnsEndPoint to, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Bind(new IPEndPoint(from.MapToIPv6(), 0));
            await socket.ConnectAsync(to, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    [GeneratedRegex($"name=\"{TokenField}\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();

    /// <summary>Many songs that lie in memory once.</summary>
    private sealed class SongContent : HttpContent
    {
        private readonly ReadOnlyMemory<byte> _wav;
        private readonly int _number;

        public SongContent(ReadOnlyMemory<byte> wav, int number)
        {
            (_wav, _number) = (wav, number);
            Headers.ContentType = new MediaTypeHeaderValue("audio/wav");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(_wav[..^sizeof(int)]);
            await stream.WriteAsync(BitConverter.GetBytes(_number));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _wav.Length;
            return true;
        }
    }
}
