using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MusicRec.Web.Tests.Hosting;

/// <summary>A route of the program with one of its methods.</summary>
/// <param name="Method">GET, POST and so on; ANY where the route does not say.</param>
/// <param name="Pattern">The address with its parameters in braces, without their constraints.</param>
/// <param name="Endpoint">The route itself.</param>
internal sealed partial record Route(string Method, string Pattern, RouteEndpoint Endpoint)
{
    public string Name => $"{Method} {Pattern}";

    public bool IsOpen => Endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    /// <summary>All routes, as the program itself has them: what is new is tested without anybody thinking of it.</summary>
    public static IReadOnlyList<Route> All(WebApp app) =>
    [
        .. from endpoint in app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
           from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["ANY"]
           let pattern = "/" + Constraint().Replace(endpoint.RoutePattern.RawText!.TrimStart('/'), "{$1}")
           select new Route(method, pattern, endpoint),
    ];

    /// <summary>An address of this route: the parameters replaced by the values given, or by an id that nothing has.</summary>
    public string Address(IReadOnlyDictionary<string, string>? values = null) => Parameter().Replace(
        Pattern, match => values?.GetValueOrDefault(match.Groups[1].Value) ?? Guid.Empty.ToString());

    public HttpRequestMessage Request() => new(new HttpMethod(Method == "ANY" ? "GET" : Method), Address());

    [GeneratedRegex(@"\{(\w+):[^}]*\}")]
    private static partial Regex Constraint();

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Parameter();
}
