using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.Extensions.Options;
using MusicRec.Catalog.Uploads;

namespace MusicRec.Web.Uploads;

/// <summary>
/// Marks an action that reads files by <see cref="UploadedFileReader"/>: MVC must not touch the body (binding a form
/// value or checking the antiforgery token would buffer all of it), and the body may be as large as an upload.
/// The reader checks the token instead.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class StreamedUploadAttribute : Attribute, IResourceFilter, IAntiforgeryPolicy, IOrderedFilter
{
    /// <summary>Room for boundaries, part headers and text fields around the file.</summary>
    internal const long FormOverhead = 64 << 10;

    /// <summary>Whether one request may carry many files; each has the limit then, the request has none.</summary>
    public bool ManyFiles { get; init; }

    /// <summary>After <c>AutoValidateAntiforgeryToken</c> (1000), so that this policy is the effective one.</summary>
    public int Order => 1100;

    /// <inheritdoc/>
    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        context.ValueProviderFactories.RemoveType<FormValueProviderFactory>();
        context.ValueProviderFactories.RemoveType<FormFileValueProviderFactory>();
        context.ValueProviderFactories.RemoveType<JQueryFormValueProviderFactory>();
        var options = context.HttpContext.RequestServices.GetRequiredService<IOptions<UploadOptions>>().Value;
        if (context.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = ManyFiles ? null : options.MaxBytes + FormOverhead;
        }
    }

    /// <inheritdoc/>
    public void OnResourceExecuted(ResourceExecutedContext context)
    {
    }
}
