using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.Extensions.Options;
using MusicRec.Web.Features.Upload;
using MusicRec.Web.Localization;
using MusicRec.Web.Uploads;

namespace MusicRec.Web.Startup;

/// <summary>
/// Asks the program for pages as a visitor would, but from within: what answers is compiled and read before the first visitor comes. No
/// network, no log of requests, no metrics.
/// </summary>
internal sealed class Rehearsal(IServiceScopeFactory scopes, LinkGenerator links, IAntiforgery antiforgery, IOptions<AntiforgeryOptions> options)
{
    private const string Boundary = "rehearsal";

    private readonly TaskCompletionSource<RequestDelegate> _pipeline = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Takes note of what answers requests from here on.</summary>
    public RequestDelegate Watch(RequestDelegate pipeline)
    {
        _pipeline.TrySetResult(pipeline);
        return pipeline;
    }

    /// <summary>Reads the page of an upload, whose address is found as for a visitor.</summary>
    public Task ReadResultAsync(Guid upload, CancellationToken cancellationToken) =>
        links.GetPathByAction(nameof(UploadController.Show), "Upload", new { Id = upload }) is { } path ? ReadAsync(path, cancellationToken) : Task.CompletedTask;

    /// <summary>Reads a page in each language.</summary>
    public async Task ReadAsync(string path, CancellationToken cancellationToken)
    {
        foreach (var language in Languages.Supported)
        {
            await AnswerAsync(HttpMethods.Get, path, context => context.Request.Headers.AcceptLanguage = language, cancellationToken);
        }
    }

    /// <summary>Sends the form of the first page without any file, and reads what is said to that.</summary>
    public Task SendEmptyFormAsync(CancellationToken cancellationToken) => AnswerAsync(
        HttpMethods.Post,
        "/",
        context =>
        {
            var tokens = antiforgery.GetTokens(context);
            context.Request.Headers.Cookie = $"{options.Value.Cookie.Name}={tokens.CookieToken}";
            context.Request.ContentType = $"multipart/form-data; boundary={Boundary}";
            context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(
                $"--{Boundary}\r\nContent-Disposition: form-data; name=\"{UploadedFileReader.TokenField}\"\r\n\r\n{tokens.RequestToken}\r\n--{Boundary}--\r\n"));
        },
        cancellationToken);

    private async Task AnswerAsync(string method, string path, Action<HttpContext> prepare, CancellationToken cancellationToken)
    {
        var pipeline = await _pipeline.Task.WaitAsync(cancellationToken);
        await using var scope = scopes.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider, RequestAborted = cancellationToken };
        context.Request.Method = method;
        context.Request.Scheme = Uri.UriSchemeHttp;
        context.Request.Host = new HostString("localhost");
        context.Request.Path = path;
        prepare(context);
        await pipeline(context);
    }
}
