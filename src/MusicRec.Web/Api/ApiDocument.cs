using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using MusicRec.Web.Problems;
using MusicRec.Web.Uploads;

namespace MusicRec.Web.Api;

/// <summary>The OpenAPI document of <c>/api/v1</c>.</summary>
internal static class ApiDocument
{
    public static IServiceCollection AddApiDocument(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.ShouldInclude = description => description.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "MusicRec";
            document.Info.Description =
                "Tells the genre of a song and finds the songs of the catalog that sound most like it. Errors are RFC 9457 "
                + "problem details in the language of Accept-Language (ko, en), with a `code` for programs.";
            // The address this document was asked from is not the address of every reader.
            document.Servers = [];
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(DescribeUpload);
        options.AddOperationTransformer(AddExamples);
    });

    private static Task AddExamples(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var texts = context.ApplicationServices.GetRequiredService<ProblemTexts>();
        var body = context.Description.ParameterDescriptions.FirstOrDefault(parameter => parameter.Source == BindingSource.Body)?.Type;
        var ranged = operation.Parameters?.FirstOrDefault(parameter => parameter.Schema?.Minimum is not null || parameter.Schema?.Enum is { Count: > 0 })?.Name;
        foreach (var answer in context.Description.SupportedResponseTypes)
        {
            var content = operation.Responses?.GetValueOrDefault(answer.StatusCode.ToString(CultureInfo.InvariantCulture))?.Content;
            SetExample(content, answer.Type == typeof(ProblemDetails) ? ApiExamples.Problem(texts, answer.StatusCode, body, ranged) : ApiExamples.Of(answer.Type));
        }

        SetExample(operation.RequestBody?.Content, ApiExamples.Of(body));

        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            parameter.Example = ApiExamples.Parameter(parameter.Name!);
        }

        return Task.CompletedTask;
    }

    private static void SetExample(IDictionary<string, OpenApiMediaType>? content, JsonNode? example)
    {
        foreach (var media in content?.Values ?? Enumerable.Empty<OpenApiMediaType>())
        {
            media.Example ??= example;
        }
    }

    /// <summary>The body is read by hand, so the framework cannot know it.</summary>
    private static Task DescribeUpload(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<StreamedUploadAttribute>().Any())
        {
            var file = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary", Description = "A song: WAV, FLAC, MP3, Ogg, Opus, AIFF, M4A or another format that the server reads." };
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["multipart/form-data"] = new OpenApiMediaType
                    {
                        Example = ApiExamples.Upload,
                        Schema = new OpenApiSchema
                        {
                            Type = JsonSchemaType.Object,
                            Required = new HashSet<string> { "file" },
                            Properties = new Dictionary<string, IOpenApiSchema> { ["file"] = file },
                        },
                    },
                },
            };
        }

        return Task.CompletedTask;
    }
}
