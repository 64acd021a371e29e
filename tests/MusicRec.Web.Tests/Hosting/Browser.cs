using System.Net;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace MusicRec.Web.Tests.Hosting;

/// <summary>What a browser does with pages and forms.</summary>
internal static class Browser
{
    public const string TokenField = "__RequestVerificationToken";

    public static async Task<IDocument> PageAsync(this HttpClient client, string path, HttpStatusCode expected = HttpStatusCode.OK)
    {
        var answer = await client.GetAsync(path);
        Assert.Equal(expected, answer.StatusCode);
        return await answer.ReadPageAsync();
    }

    public static async Task<IDocument> ReadPageAsync(this HttpResponseMessage answer)
    {
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        return new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
    }

    public static async Task<string> TokenAsync(this HttpClient client, string path) =>
        (await client.PageAsync(path)).QuerySelector($"input[name={TokenField}]")!.GetAttribute("value")!;

    /// <summary>Sends a form with the token of the page it is on.</summary>
    public static async Task<HttpResponseMessage> SubmitAsync(
        this HttpClient client, string page, Dictionary<string, string> fields, string? action = null)
    {
        fields[TokenField] = await client.TokenAsync(page);
        return await client.PostAsync(action ?? page, new FormUrlEncodedContent(fields));
    }
}

/// <summary>A multipart body written byte by byte as browsers do: names in raw UTF-8.</summary>
internal sealed class Multipart
{
    private const string Boundary = "----MusicRecTestBoundary";

    private readonly List<byte> _body = [];

    public Multipart Field(string name, string value)
    {
        Write($"--{Boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        return this;
    }

    public Multipart File(string field, string fileName, byte[] content)
    {
        Write($"--{Boundary}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{fileName}\"\r\nContent-Type: audio/wav\r\n\r\n");
        _body.AddRange(content);
        Write("\r\n");
        return this;
    }

    public ByteArrayContent Content(bool complete = true)
    {
        if (complete)
        {
            Write($"--{Boundary}--\r\n");
        }

        var content = new ByteArrayContent(_body.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", $"multipart/form-data; boundary={Boundary}");
        return content;
    }

    private void Write(string text) => _body.AddRange(Encoding.UTF8.GetBytes(text));
}
