using System.Text.Json.Nodes;
using Microsoft.Extensions.Localization;
using MusicRec.Web.Localization;

namespace MusicRec.Web.Features.ApiDocs;

/// <summary>One thing that programs may ask.</summary>
/// <param name="Id">Its name in the OpenAPI document.</param>
/// <param name="Method">GET or POST.</param>
/// <param name="Path">Its address.</param>
/// <param name="Summary">What it does, in English.</param>
/// <param name="Description">More about it, in English, or null.</param>
/// <param name="Parameters">What it can be told.</param>
/// <param name="Answers">Its answers by status.</param>
/// <param name="Curl">How it is asked on the command line.</param>
/// <param name="Example">What it may answer, as JSON, or null.</param>
public sealed record ApiOperation(
    string Id, string Method, string Path, string Summary, string? Description, IReadOnlyList<ApiParameter> Parameters, IReadOnlyList<ApiAnswer> Answers,
    string Curl, string? Example);

/// <summary>Something that a request says.</summary>
public sealed record ApiParameter(string Name, bool IsQuery, string Description, string? Least, string? Most, string? Default, string? Example);

/// <summary>What an answer of a status means, in English.</summary>
/// <param name="Status">Its number.</param>
/// <param name="Description">What it means.</param>
/// <param name="Problem">What an error may say, or null.</param>
public sealed record ApiAnswer(string Status, string Description, JsonNode? Problem);

/// <summary>Words of the document in the reader's language, where there are some.</summary>
internal static class ApiWording
{
    /// <summary>The translation, or the document's own words.</summary>
    public static string Or(this IStringLocalizer<Text> text, string key, string english) => text[key] is { ResourceNotFound: false } found ? found.Value : english;
}
