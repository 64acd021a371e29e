using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using MusicRec.Web.Api;

namespace MusicRec.Web.Features.ApiDocs;

/// <summary>The API on a page, made from the same OpenAPI document that programs read.</summary>
[AllowAnonymous]
[ApiExplorerSettings(IgnoreApi = true)]
public sealed class ApiDocsController([FromKeyedServices("v1")] IOpenApiDocumentProvider documents) : Controller
{
    [HttpGet("/api")]
    public async Task<IActionResult> Index(CancellationToken cancellationToken)
    {
        var document = await documents.GetOpenApiDocumentAsync(cancellationToken);
        var operations =
            from path in document.Paths
            from operation in path.Value.Operations ?? []
            select Describe(path.Key, operation.Key.Method.ToUpperInvariant(), operation.Value);
        return View(operations.ToList());
    }

    private ApiOperation Describe(string path, string method, OpenApiOperation operation)
    {
        List<ApiParameter> parameters = [.. operation.Parameters?.Select(Describe) ?? []];
        var responses = operation.Responses ?? [];
        var example = responses.Values.SelectMany(response => response.Content?.Values ?? []).Select(media => media.Example).FirstOrDefault(node => node is not null);
        return new ApiOperation(
            operation.OperationId!,
            method,
            path,
            operation.Summary ?? "",
            operation.Description,
            parameters,
            [.. responses.OrderBy(response => response.Key, StringComparer.Ordinal).Select(response => new ApiAnswer(response.Key, response.Value.Description ?? ""))],
            Curl(method, path, parameters, operation.RequestBody?.Content?.ContainsKey("application/json") == true),
            example?.ToJsonString(ApiExamples.Json));
    }

    private static ApiParameter Describe(IOpenApiParameter parameter) => new(
        parameter.Name!,
        parameter.In == ParameterLocation.Query,
        parameter.Description ?? "",
        parameter.Schema?.Minimum,
        parameter.Schema?.Maximum,
        parameter.Schema?.Default?.ToJsonString(JsonSerializerOptions.Web),
        parameter.Example?.GetValue<string>());

    private string Curl(string method, string path, List<ApiParameter> parameters, bool takesPlaylist)
    {
        foreach (var parameter in parameters.Where(parameter => !parameter.IsQuery))
        {
            path = path.Replace($"{{{parameter.Name}}}", parameter.Example, StringComparison.Ordinal);
        }

        var address = $"{Request.Scheme}://{Request.Host}{Request.PathBase}{path}";
        var query = parameters.Where(parameter => parameter.IsQuery && parameter.Example is not null)
            .Select(parameter => $" --data-urlencode \"{parameter.Name}={parameter.Example}\"")
            .ToList();
        return (method, takesPlaylist) switch
        {
            (_, true) => $"curl -X {method} --json '{ApiExamples.Playlist}' {address}",
            ("POST", _) => $"curl -F \"file=@song.mp3\" {address}",
            ("GET", _) => $"curl {(query.Count > 0 ? "-G " : "")}{address}{string.Concat(query)}",
            _ => $"curl -X {method} {address}",
        };
    }
}
