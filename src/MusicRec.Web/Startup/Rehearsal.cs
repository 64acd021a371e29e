using Microsoft.AspNetCore.Antiforgery;
using Microsoft.Extensions.Options;
using MusicRec.Web.Features.Upload;
using MusicRec.Web.Localization;
using MusicRec.Web.Uploads;

namespace MusicRec.Web.Startup;

/// <summary>
/// Asks the program for pages as a visitor would, but from within: what answers is compiled and read before the first visitor comes. No
/// connection; it is neither in the log of requests nor counted among those that were answered.
/// </summary>
internal sealed class Rehearsal(IServiceScopeFactory scopes, LinkGenerator links, IAntiforgery antiforgery, IOptions<AntiforgeryOptions> options)
{
    private static readonly byte[] EmptyForm = "--form--\r\n"u8.ToArray();

    private readonly TaskCompletionSource<RequestDelegate> _pipeline = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Takes note of what answers requests from here on.</summary>
    public RequestDelegate Watch(RequestDelegate pipeline)
    {
        _pipeline.TrySetResult(pipeline);
        return pipeline;
    }

    /// <summary>Reads the page of an upload, whose address is found as for a visitor.</summary>
    public Task ReadResultAsync(Guid upload, CancellationToken cancellationToken) => ReadAsync(
        links.GetPathByAction(nameof(UploadController.Show), "Upload", new { Id = upload }) ?? throw new InvalidOperationException("The page of an upload has no address."),
        cancellationToken);

    /// <summary>Reads a page in each language.</summary>
    /// <exception cref="InvalidOperationException">There is no such page, or it fails.</exception>
    public async Task ReadAsync(string path, CancellationToken cancellationToken)
    {
        foreach (var language in Languages.Supported)
        {
            var context = ContextOf(HttpMethods.Get, path, cancellationToken);
            context.Request.Headers.AcceptLanguage = language;
            await AnswerAsync(context, StatusCodes.Status200OK, cancellationToken);
        }
    }

    /// <summary>Sends the form of the first page without any file, and reads what is said to that.</summary>
    public async Task SendEmptyFormAsync(CancellationToken cancellationToken)
    {
        var tokens = antiforgery.GetTokens(ContextOf(HttpMethods.Get, "/", cancellationToken));
        var context = ContextOf(HttpMethods.Post, "/", cancellationToken);
        context.Request.Headers.Cookie = $"{options.Value.Cookie.Name}={tokens.CookieToken}";
        context.Request.Headers[UploadedFileReader.TokenHeader] = tokens.RequestToken;
        context.Request.ContentType = "multipart/form-data; boundary=form";
        context.Request.Body = new MemoryStream(EmptyForm);

        // The action asks for the token only when a file comes.
        await antiforgery.ValidateRequestAsync(context);
        await AnswerAsync(context, StatusCodes.Status400BadRequest, cancellationToken);
    }

    private static DefaultHttpContext ContextOf(string method, string path, CancellationToken cancellationToken)
    {
        var context = new DefaultHttpContext { RequestAborted = cancellationToken };
        context.Request.Method = method;
        context.Request.Scheme = Uri.UriSchemeHttp;
        context.Request.Host = new HostString("localhost");
        context.Request.Path = path;
        return context;
    }

    private async Task AnswerAsync(DefaultHttpContext context, int expected, CancellationToken cancellationToken)
    {
        var pipeline = await _pipeline.Task.WaitAsync(cancellationToken);
        await using var scope = scopes.CreateAsyncScope();
        context.RequestServices = scope.ServiceProvider;
        await pipeline(context);
        if (context.Response.StatusCode != expected)
        {
            throw new InvalidOperationException($"{context.Request.Method} {context.Request.Path} was answered by {context.Response.StatusCode}.");
        }
    }
}
