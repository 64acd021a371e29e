using Microsoft.Extensions.Configuration;

namespace MusicRec.Catalog.Files.S3;

/// <summary>Settings of section <c>Storage:S3</c>. No record: its text would show the secret.</summary>
internal sealed class S3Settings
{
    public const string Section = "Storage:S3";

    private const string DefaultRegion = "us-east-1";

    private S3Settings(IConfigurationSection section)
    {
        Bucket = section["Bucket"] ?? "";
        Endpoint = section["Endpoint"] is { Length: > 0 } endpoint ? ParseEndpoint(endpoint) : null;
        Region = section["Region"] is { Length: > 0 } region ? region : Endpoint is null ? throw Wrong("Region", "must be set, or Storage:S3:Endpoint") : DefaultRegion;
        AccessKey = section["AccessKey"] is { Length: > 0 } access ? access : null;
        SecretKey = section["SecretKey"] is { Length: > 0 } secret ? secret : null;
        if (AccessKey is null != SecretKey is null)
        {
            throw Wrong(AccessKey is null ? "AccessKey" : "SecretKey", "must be set with the other key, or neither");
        }
    }

    /// <summary>The bucket.</summary>
    public string Bucket { get; }

    /// <summary>Address of the service; null for Amazon's own.</summary>
    public Uri? Endpoint { get; }

    /// <summary>Region of the bucket; requests are signed for it.</summary>
    public string Region { get; }

    /// <summary>The account's key; null if the surroundings give one (environment, instance role).</summary>
    public string? AccessKey { get; }

    /// <summary>Its secret.</summary>
    public string? SecretKey { get; }

    /// <summary>The settings, or null if no bucket is set.</summary>
    /// <exception cref="InvalidOperationException">A setting is wrong; the message names it.</exception>
    public static S3Settings? Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        if (!string.IsNullOrEmpty(section["Bucket"]))
        {
            return new S3Settings(section);
        }

        return string.IsNullOrEmpty(section["Endpoint"]) ? null : throw Wrong("Bucket", "must be set, as Storage:S3:Endpoint is");
    }

    private static Uri ParseEndpoint(string written) =>
        Uri.TryCreate(written, UriKind.Absolute, out var endpoint) && endpoint.Scheme is "http" or "https" && endpoint is { UserInfo: "", Query: "", Fragment: "" }
            ? endpoint
            : throw Wrong("Endpoint", "must be the address of the service, such as https://s3.example.org");

    private static InvalidOperationException Wrong(string setting, string what) => new($"{Section}:{setting} {what}.");
}
