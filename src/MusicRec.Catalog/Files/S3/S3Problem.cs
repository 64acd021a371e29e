using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Amazon.Runtime;
using Amazon.S3;

namespace MusicRec.Catalog.Files.S3;

/// <summary>Says what a failed request to the storage means.</summary>
internal static class S3Problem
{
    /// <summary>The exception for what the client threw; null for a fault of the program.</summary>
    public static Exception? Explain(Exception exception, S3Settings settings) => exception switch
    {
        AmazonS3Exception { StatusCode: HttpStatusCode.InsufficientStorage } => new StorageFullException(exception),
        _ => What(exception, settings) is { } what ? new AudioStorageException($"The S3 storage at {PlaceOf(settings)} cannot be used: {what}.", exception) : null,
    };

    private static string? What(Exception exception, S3Settings settings) => exception switch
    {
        AmazonS3Exception { ErrorCode: "NoSuchBucket" } => $"there is no bucket {settings.Bucket} (Storage:S3:Bucket)",
        AmazonS3Exception { StatusCode: HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized, ErrorCode: var code } =>
            $"it refuses the keys for the bucket {settings.Bucket} (Storage:S3:AccessKey and Storage:S3:SecretKey): {code}",
        AmazonServiceException { StatusCode: >= HttpStatusCode.BadRequest and var status, ErrorCode: var code } => $"it answers {(int)status} {code}",
        HttpRequestException { InnerException: AuthenticationException untrusted } =>
            $"its certificate is not trusted, so nothing is sent to it ({untrusted.Message.TrimEnd('.')}). Let this machine trust the authority that issued it",
        OperationCanceledException or TimeoutException => "it does not answer in time",
        HttpRequestException or SocketException or IOException => $"it cannot be reached: {exception.GetBaseException().Message}",
        AmazonClientException when settings.AccessKey is null =>
            "there are no keys (Storage:S3:AccessKey and Storage:S3:SecretKey, or where Amazon's tools look for them)",
        AmazonServiceException or AmazonClientException when exception.InnerException is { } inner => What(inner, settings) ?? inner.Message,
        AmazonServiceException or AmazonClientException => exception.Message,
        _ => null,
    };

    private static string PlaceOf(S3Settings settings) => settings.Endpoint?.GetLeftPart(UriPartial.Authority) ?? $"Amazon, {settings.Region}";
}
