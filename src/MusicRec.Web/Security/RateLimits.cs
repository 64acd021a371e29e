using System.Globalization;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace MusicRec.Web.Security;

/// <summary>How often one address may ask. Names for <c>[EnableRateLimiting]</c>.</summary>
public static class RateLimits
{
    /// <summary>Signing in: 10 tries a minute; the account itself locks sooner.</summary>
    public const string SignIn = "sign-in";

    /// <summary>The first account: 5 tries a minute, so that its code cannot be guessed.</summary>
    public const string Setup = "setup";

    /// <summary>Songs sent for analysis: 60 a minute.</summary>
    public const string Uploads = "uploads";

    /// <summary>Searching and paging the catalog, and songs with what sounds like them: 300 pages a minute.</summary>
    public const string Search = "search";

    /// <summary>Reading by the API: 600 a minute.</summary>
    public const string Api = "api";

    /// <summary>Making, changing and opening playlists: 180 a minute.</summary>
    public const string Playlists = "playlists";

    private const int MostAtOnce = 32;

    internal static IServiceCollection AddRateLimits(this IServiceCollection services) => services.AddRateLimiter(options =>
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.OnRejected = (context, _) =>
        {
            var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var found) ? found : TimeSpan.FromMinutes(1);
            context.HttpContext.Response.Headers.RetryAfter =
                Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            return ValueTask.CompletedTask;
        };
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(AtOnce);
        AddPerMinute(options, SignIn, 10);
        AddPerMinute(options, Setup, 5);
        AddPerMinute(options, Uploads, 60);
        AddPerMinute(options, Search, 300);
        AddPerMinute(options, Playlists, 180);
        AddPerMinute(options, Api, 600);
    });

    /// <summary>Requests with a body that one address may have under way: slow senders cannot take all connections.</summary>
    private static RateLimitPartition<string> AtOnce(HttpContext context) => HttpMethods.IsPost(context.Request.Method)
        ? RateLimitPartition.GetConcurrencyLimiter(AddressOf(context), _ => new ConcurrencyLimiterOptions { PermitLimit = MostAtOnce })
        : RateLimitPartition.GetNoLimiter("");

    /// <summary>The network of an IPv6 visitor, who has all addresses of it.</summary>
    private static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress switch
    {
        null => "",
        { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } address => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)),
        { } address => address.ToString(),
    };

    private static void AddPerMinute(Microsoft.AspNetCore.RateLimiting.RateLimiterOptions options, string policy, int permits) =>
        options.AddPolicy(policy, context => RateLimitPartition.GetFixedWindowLimiter(
            AddressOf(context),
            _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = TimeSpan.FromMinutes(1) }));
}
