using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace MusicRec.Web.Security;

/// <summary>What the server accepts of a request before any of our code runs.</summary>
internal static class RequestLimits
{
    /// <summary>Forms without files are small; actions that read files raise the limit themselves.</summary>
    public const long MaxBodyBytes = 1 << 20;

    public static void Apply(KestrelServerOptions options)
    {
        options.AddServerHeader = false;
        options.Limits.MaxRequestBodySize = MaxBodyBytes;
        options.Limits.MaxConcurrentConnections = 1000;

        // A sender slower than any telephone line of today only holds a connection.
        options.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 8 << 10, gracePeriod: TimeSpan.FromSeconds(10));
    }
}
