using System.Net;
using System.Runtime.CompilerServices;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace MusicRec.Catalog.Files.S3;

/// <summary>
/// Sound in a bucket of S3-compatible storage. A sound is sent with one request, so it is there whole or not at all; it comes to the reader as it
/// is read, and to a decoder as a file in the incoming folder.
/// </summary>
internal sealed class S3Audio : AudioStore, IDisposable
{
    /// <summary>Enough for what tells the format of a file, unless it has a large picture in front.</summary>
    private const int FirstBytes = 64 * 1024;

    private const int LeastBytesPerSecond = 256 * 1024;

    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(5);

    /// <summary>For an answer, with all repetitions.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly S3Settings _settings;
    private readonly IncomingFiles _incoming;
    private readonly TimeProvider _time;
    private readonly AmazonS3Client _client;

    public S3Audio(S3Settings settings, IncomingFiles incoming, TimeProvider time)
    {
        (_settings, _incoming, _time) = (settings, incoming, time);
        var config = new AmazonS3Config
        {
            AuthenticationRegion = settings.Region,
            ConnectTimeout = ConnectPatience,
            Timeout = Timeout.InfiniteTimeSpan,

            // What S3-compatible storage understands: the bucket in the path, and no checksums of Amazon's own (each request is signed with the hash of its bytes).
            ForcePathStyle = settings.Endpoint is not null,
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (settings.Endpoint is { } endpoint)
        {
            config.ServiceURL = endpoint.AbsoluteUri;
        }
        else
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(settings.Region);
        }

        _client = settings is { AccessKey: { } access, SecretKey: { } secret }
            ? new AmazonS3Client(new BasicAWSCredentials(access, secret), config)
            : new AmazonS3Client(config);
    }

    public override string Bucket => _settings.Bucket;

    public override Task CheckAsync(CancellationToken cancellationToken) => AskAsync(
        stop => _client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Bucket, Prefix = Songs, MaxKeys = 1 }, stop), Patience, cancellationToken);

    /// <summary>The bytes travel before the database is locked; what comes then is a question.</summary>
    internal override Task SendAheadAsync(string path, string name, CancellationToken cancellationToken) => PutAsync(path, name, cancellationToken);

    internal override async Task PutAsync(string path, string name, CancellationToken cancellationToken)
    {
        if (!await ExistsAsync(name, cancellationToken))
        {
            await ReplaceAsync(path, name, cancellationToken);
        }
    }

    internal override async Task ReplaceAsync(string path, string name, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1, FileOptions.Asynchronous);
        await AskAsync(
            stop => _client.PutObjectAsync(
                new PutObjectRequest
                {
                    BucketName = Bucket,
                    Key = name,
                    InputStream = file,
                    AutoCloseStream = false,
                    UseChunkEncoding = false,
                    DisablePayloadSigning = false,
                    ContentType = "application/octet-stream",
                },
                stop),
            Patience + TimeSpan.FromSeconds((double)file.Length / LeastBytesPerSecond),
            cancellationToken);
    }

    internal override async Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken)
    {
        await using var start = await GetAsync(name, $"bytes=0-{FirstBytes - 1}", etag: null, cancellationToken);
        if (start is null)
        {
            return null;
        }

        var (first, etag) = (new byte[start.Length], start.ETag);
        await start.ReadExactlyAsync(first, cancellationToken);
        return new S3AudioStream(first, start.WholeLength, (position, stop) => OpenAtAsync(name, position, etag, stop));
    }

    internal override async Task<FileStream?> OpenForDecodingAsync(string name, CancellationToken cancellationToken)
    {
        await using var content = await GetAsync(name, range: null, etag: null, cancellationToken);
        if (content is null)
        {
            return null;
        }

        var file = await _incoming.ReceiveAsync(content, content.Length, cancellationToken);
        return new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1, FileOptions.Asynchronous | FileOptions.DeleteOnClose);
    }

    internal override async Task<bool> ExistsAsync(string name, CancellationToken cancellationToken) => await FindAsync(
        stop => _client.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = Bucket, Key = name }, stop), cancellationToken) is not null;

    internal override Task DeleteAsync(string name, CancellationToken cancellationToken) => AskAsync(
        stop => _client.DeleteObjectAsync(new DeleteObjectRequest { BucketName = Bucket, Key = name }, stop), Patience, cancellationToken);

    internal override async IAsyncEnumerable<StoredAudio> ListAsync(string beginning, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListObjectsV2Request { BucketName = Bucket, Prefix = beginning };
        do
        {
            var page = await AskAsync(stop => _client.ListObjectsV2Async(request, stop), Patience, cancellationToken);
            foreach (var found in page.S3Objects ?? [])
            {
                yield return new StoredAudio(found.Key, $"s3://{Bucket}/{found.Key}", found.Size ?? 0, found.LastModified?.ToUniversalTime() ?? _time.GetUtcNow());
            }

            request.ContinuationToken = page.NextContinuationToken;
        }
        while (!string.IsNullOrEmpty(request.ContinuationToken));
    }

    public void Dispose() => _client.Dispose();

    private async Task<Stream> OpenAtAsync(string name, long position, string etag, CancellationToken cancellationToken) =>
        await GetAsync(name, $"bytes={position}-", etag, cancellationToken)
        ?? throw new AudioStorageException($"{name} was deleted from the bucket {Bucket} while it was read.");

    private async Task<S3Content?> GetAsync(string name, string? range, string? etag, CancellationToken cancellationToken)
    {
        var request = new GetObjectRequest { BucketName = Bucket, Key = name, ByteRange = range is null ? null : new ByteRange(range), EtagToMatch = etag };
        return await FindAsync(stop => _client.GetObjectAsync(request, stop), cancellationToken) is { } response ? new S3Content(response, _settings, _time) : null;
    }

    /// <summary>Null if there is no sound of that name.</summary>
    private async Task<T?> FindAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await AskAsync(ask, Patience, cancellationToken);
        }
        catch (AudioStorageException exception) when (
            exception.InnerException is AmazonS3Exception { StatusCode: HttpStatusCode.NotFound, ErrorCode: not "NoSuchBucket" })
        {
            return null;
        }
    }

    private async Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> ask, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(patience, _time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            return await ask(stop.Token);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && S3Problem.Explain(exception, _settings) is { } problem)
        {
            throw problem;
        }
    }
}
