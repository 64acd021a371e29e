using System.Diagnostics;
using MusicRec.Catalog.Files;

namespace MusicRec.Postgres.Tests.S3;

/// <summary>What a bucket does wrong.</summary>
internal enum S3Fault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It answers nothing at all: the connection breaks.</summary>
    Away,

    /// <summary>It takes a question and says nothing.</summary>
    Stall,

    /// <summary>The connection breaks in the middle of what is sent.</summary>
    CutPut,

    /// <summary>The connection breaks in the middle of what is sent, the first time.</summary>
    CutPutOnce,

    /// <summary>What is sent is stored, but the connection breaks before the answer.</summary>
    LostPut,

    /// <summary>The connection breaks in the middle of what is read.</summary>
    CutGet,

    /// <summary>There is no room.</summary>
    Full,

    /// <summary>It refuses the keys, as after they were withdrawn.</summary>
    Refuse,
}

/// <summary>
/// A bucket of its own on an S3 server that is run by Node (s3rver). <c>tests/run</c> installs it; where it is not installed its tests are skipped, and fail
/// with CI=true.
/// </summary>
internal sealed class S3Bucket
{
    public const string Secret = "S3RVER";

    /// <summary>The end of its input is the end of the tests.</summary>
    private const string Script = """
        import S3rver from 's3rver';
        import http from 'node:http';
        const s3 = new S3rver({ directory: process.argv[1], silent: true, vhostBuckets: false });
        const answer = s3.callback();
        const faults = new Map();
        const server = http.createServer(async (request, response) => {
          const [, first, bucket, wanted] = request.url.split(/[/?]/);
          if (first === '-') {
            await s3.store.putBucket(bucket);
            faults.set(bucket, wanted);
            response.end();
            return;
          }
          const fault = faults.get(first);
          const put = request.method === 'PUT';
          if (fault === 'Away') return request.socket.destroy();
          if (fault === 'Stall') return;
          if (fault === 'Refuse') {
            request.resume();
            response.writeHead(403, { 'content-type': 'application/xml' });
            response.end(request.method === 'HEAD' ? undefined : '<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>');
            return;
          }
          if (fault === 'CutPut' && put) return request.once('data', () => request.socket.destroy());
          if (fault === 'CutPutOnce' && put) {
            faults.set(first, 'None');
            return request.once('data', () => request.socket.destroy());
          }
          if (put && !/^[0-9a-f]{64}$/.test(request.headers['x-amz-content-sha256'])) {
            response.writeHead(400);
            response.end('<Error><Code>NotSigned</Code></Error>');
            return;
          }
          if (fault === 'Full' && put) {
            request.resume();
            response.writeHead(507, { 'content-type': 'application/xml' });
            response.end('<Error><Code>XMinioStorageFull</Code><Message>no room</Message></Error>');
            return;
          }
          if (fault === 'LostPut' && put) {
            response.write = () => true;
            response.end = () => request.socket.destroy();
          }
          if (fault === 'CutGet' && request.method === 'GET') {
            const write = response.write.bind(response);
            let sent = 0;
            response.write = (block, ...rest) => (sent += block.length) > 100000 ? (request.socket.destroy(), false) : write(block, ...rest);
          }
          // Lists come in pages of two.
          if (request.method === 'GET' && request.url.includes('list-type=2') && !request.url.includes('max-keys')) request.url += '&max-keys=2';
          answer(request, response);
        });
        server.listen(0, '127.0.0.1', () => console.log(server.address().port));
        process.stdin.on('end', () => process.exit()).resume();
        """;

    private static readonly HttpClient Http = new();
    private static readonly Lazy<Task<Uri?>> Started = new(StartAsync);

    // Kept, because its input must stay open.
    private static Process? _process;

    private readonly Uri _server;
    private readonly string _name = $"test-{Guid.NewGuid():N}";

    private S3Bucket(Uri server) => _server = server;

    public Dictionary<string, string> Settings => new()
    {
        ["Storage:S3:Bucket"] = _name,
        ["Storage:S3:Endpoint"] = _server.AbsoluteUri,
        ["Storage:S3:AccessKey"] = Secret,
        ["Storage:S3:SecretKey"] = Secret,
    };

    /// <summary>Makes a bucket; skips or fails the test that asks if there is no server.</summary>
    public static async Task<S3Bucket> CreateAsync()
    {
        if (await Started.Value is { } server)
        {
            var bucket = new S3Bucket(server);
            await bucket.SetAsync(S3Fault.None);
            return bucket;
        }

        const string Missing = "s3rver is not installed (tests/run does, where there is npm).";
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail(Missing);
        }

        Assert.Skip(Missing);
        throw new InvalidOperationException(Missing);
    }

    /// <summary>From now on the bucket does this wrong.</summary>
    public async Task SetAsync(S3Fault fault)
    {
        using var answer = await Http.PostAsync(new Uri(_server, $"/-/{_name}/{fault}"), null);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Names of all that is stored.</summary>
    public static async Task<IReadOnlyList<string>> NamesAsync(AudioStore audio, CancellationToken cancellationToken) =>
    [
        .. await audio.ListAsync(AudioStore.Songs, cancellationToken).Concat(audio.ListAsync(AudioStore.Uploads, cancellationToken))
            .Select(sound => sound.Name)
            .ToListAsync(cancellationToken),
    ];

    private static async Task<Uri?> StartAsync()
    {
        var modules = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "obj", "s3rver"));
        if (!Directory.Exists(Path.Combine(modules, "node_modules", "s3rver")))
        {
            return null;
        }

        var folder = Directory.CreateTempSubdirectory("musicrec-s3-").FullName;

        // Its lists are continued by a cipher that OpenSSL counts as old.
        _process = Process.Start(new ProcessStartInfo("node", ["--openssl-legacy-provider", "--input-type=module", "--eval", Script, "--", folder])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = modules,
        })!;
        var errors = _process.StandardError.ReadToEndAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return int.TryParse(await _process.StandardOutput.ReadLineAsync(), out var port)
            ? new Uri($"http://127.0.0.1:{port}")
            : throw new InvalidOperationException($"s3rver did not start: {await errors}");
    }
}
