using System.Text.Json;
using System.Text.Json.Nodes;
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
        var example = responses.Where(response => response.Key.StartsWith('2')).Select(response => Example(response.Value)).FirstOrDefault(node => node is not null);
        return new ApiOperation(
            operation.OperationId!,
            method,
            path,
            operation.Summary ?? "",
            operation.Description,
            parameters,
            [.. responses.OrderBy(response => response.Key, StringComparer.Ordinal).Select(response => new ApiAnswer(response.Key, response.Value.Description ?? "", response.Key.StartsWith('2') ? null : Example(response.Value)))],
            Curl(method, path, parameters, operation.RequestBody?.Content is { } content && content.TryGetValue("application/json", out var sent) ? sent.Example : null),
            example?.ToJsonString(ApiExamples.Json));
    }

    private static JsonNode? Example(IOpenApiResponse response) => response.Content?.Values.Select(media => media.Example).FirstOrDefault(node => node is not null);

    private static ApiParameter Describe(IOpenApiParameter parameter) => new(
        parameter.Name!,
        parameter.In == ParameterLocation.Query,
        parameter.Description ?? "",
        parameter.Schema?.Minimum,
        parameter.Schema?.Maximum,
        parameter.Schema?.Default?.ToJsonString(JsonSerializerOptions.Web),
        parameter.Example?.ToString());

    private string Curl(string method, string path, List<ApiParameter> parameters, JsonNode? body)
    {
        foreach (var parameter in parameters.Where(parameter => !parameter.IsQuery))
        {
            path = path.Replace($"{{{parameter.Name}}}", parameter.Example, StringComparison.Ordinal);
        }

        var address = $"{Request.Scheme}://{Request.Host}{Request.PathBase}{path}";
        var query = parameters.Where(parameter => parameter.IsQuery && parameter.Example is not null)
            .Select(parameter => $" --data-urlencode \"{parameter.Name}={parameter.Example}\"")
            .ToList();
        return (method, body) switch
        {
            (_, not null) => $"curl -X {method} --json '{body.ToJsonString(ApiExamples.Json)}' {address}",
            ("POST", _) => $"curl -F \"file=@song.mp3\" {address}",
            ("GET", _) => $"curl {(query.Count > 0 ? "-G " : "")}{address}{string.Concat(query)}",
            _ => $"curl -X {method} {address}",
        };
    }
}
