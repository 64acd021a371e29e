using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using MusicRec.Catalog.Uploads;

namespace MusicRec.Web.Uploads;

/// <summary>
/// Reads the files of a multipart request one after the other, straight from the network: nothing is buffered in memory
/// or in temporary files. For actions marked <see cref="StreamedUploadAttribute"/>:
/// <code>
/// [HttpPost("/"), AllowAnonymous, StreamedUpload, EnableRateLimiting(RateLimits.Uploads)]
/// public async Task&lt;IActionResult&gt; Create(CancellationToken cancellationToken)
/// {
///     await foreach (var file in reader.ReadFormAsync(HttpContext, cancellationToken))
///     {
///         var upload = await uploads.CreateAsync(file.Content, file.FileName, cancellationToken);
///         ...
///     }
/// }
/// </code>
/// In the form, the antiforgery token (and any text field) must stand before the file; a script may send the token in
/// the header <c>X-CSRF-TOKEN</c> instead.
/// </summary>
/// <remarks>
/// Throws <see cref="UploadFormException"/>, also when no file was sent. <c>ProblemTexts.Describe</c> turns it, and the
/// exceptions of the catalog, into status and words; an exception nobody catches becomes an error page by itself.
/// </remarks>
public sealed class UploadedFileReader(IAntiforgery antiforgery, IOptions<UploadOptions> options)
{
    /// <summary>Name of the form field and of the header that hold the antiforgery token.</summary>
    public const string TokenField = "__RequestVerificationToken";

    /// <inheritdoc cref="TokenField"/>
    public const string TokenHeader = "X-CSRF-TOKEN";

    private const int LongestBoundary = 70;
    private const int LongestField = 4096;
    private const int MostFields = 16;

    /// <summary>The default of 4 KiB makes ten thousand reads and writes of one song.</summary>
    private const int BufferBytes = 64 * 1024;

    /// <summary>The files of a page's form; the antiforgery token is checked before the first is handed out.</summary>
    public async IAsyncEnumerable<UploadedFile> ReadFormAsync(
        HttpContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var isChecked = false;
        await foreach (var file in ReadAsync(context.Request, cancellationToken))
        {
            if (!isChecked)
            {
                await CheckTokenAsync(context, file.Fields);
                isChecked = true;
            }

            yield return file;
        }
    }

    /// <summary>The file of an API request, which must be called <c>file</c>. The API has no cookies, hence no token.</summary>
    public async IAsyncEnumerable<UploadedFile> ReadApiAsync(
        HttpRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var file in ReadAsync(request, cancellationToken, onlyField: "file"))
        {
            yield return file;
            yield break;
        }
    }

    private async Task CheckTokenAsync(HttpContext context, IReadOnlyDictionary<string, string> fields)
    {
        // Handing the token over as a header keeps the antiforgery service from reading the form by itself.
        if (fields.TryGetValue(TokenField, out var token))
        {
            context.Request.Headers[TokenHeader] = token;
        }

        if (!context.Request.Headers.ContainsKey(TokenHeader) || !await antiforgery.IsRequestValidAsync(context))
        {
            throw new UploadFormException(UploadFormProblem.Forged);
        }
    }

    private async IAsyncEnumerable<UploadedFile> ReadAsync(
        HttpRequest request, [EnumeratorCancellation] CancellationToken cancellationToken, string? onlyField = null)
    {
        var reader = new MultipartReader(Boundary(request), request.Body, BufferBytes);
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        var files = 0;
        while (await NextAsync(reader, cancellationToken) is { } section)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
            {
                throw new UploadFormException(UploadFormProblem.Malformed);
            }

            var name = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
            if (!disposition.IsFileDisposition())
            {
                fields[name] = await ReadFieldAsync(section.Body, fields.Count, cancellationToken);
                continue;
            }

            var fileName = FileName(disposition);
            if (fileName.Length > 0 && (onlyField is null || name == onlyField))
            {
                files++;
                yield return new UploadedFile(fileName, new UploadedContent(section.Body, options.Value.MaxBytes), fields);
            }
        }

        if (files == 0)
        {
            throw new UploadFormException(UploadFormProblem.NoFile);
        }
    }

    private static string Boundary(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            throw new UploadFormException(UploadFormProblem.NotMultipart);
        }

        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        return boundary.Length is > 0 and <= LongestBoundary
            ? boundary
            : throw new UploadFormException(UploadFormProblem.Malformed);
    }

    private async Task<MultipartSection?> NextAsync(MultipartReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadNextSectionAsync(cancellationToken);
        }
        catch (Exception exception) when (UploadedContent.Fault(exception, options.Value.MaxBytes) is { } fault)
        {
            throw fault;
        }
    }

    private async Task<string> ReadFieldAsync(Stream body, int fieldCount, CancellationToken cancellationToken)
    {
        var content = new byte[LongestField + 1];
        await using var checkedBody = new UploadedContent(body, options.Value.MaxBytes);
        var length = await checkedBody.ReadAtLeastAsync(content, content.Length, throwOnEndOfStream: false, cancellationToken);
        return length <= LongestField && fieldCount < MostFields
            ? Encoding.UTF8.GetString(content, 0, length)
            : throw new UploadFormException(UploadFormProblem.Malformed);
    }

    /// <summary>Browsers send <c>filename</c> in UTF-8; other programs may send <c>filename*</c>.</summary>
    private static string FileName(ContentDispositionHeaderValue disposition)
    {
        var name = disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName;
        return HeaderUtilities.RemoveQuotes(name).ToString();
    }
}
