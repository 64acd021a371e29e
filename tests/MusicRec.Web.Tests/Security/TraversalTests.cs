using System.Net;
using MusicRec.Web.Tests.Hosting;

namespace MusicRec.Web.Tests.Security;

/// <summary>No spelling of "the folder above" leads out of what is served.</summary>
public sealed class TraversalTests : IDisposable
{
    private static readonly string[] Up = ["../", "..%2f", "..%2F", "%2e%2e/", "%2e%2e%2f", "%252e%252e%252f", "..%5c", "..\\", "%c0%ae%c0%ae/", "..%c0%af", "..;/", "....//", ".%00./"];
    private static readonly string[] Targets = ["catalog.db", "appsettings.json", "etc/passwd", "keys/", "MusicRec.Web.dll", "models/live.onnx"];
    private static readonly string[] Files = ["/", "/css/", "/js/", "/uploads/", "/songs/", "/openapi/"];

    private readonly WebApp _app = new();

    public TraversalTests()
    {
        _app.UseKestrel(0);
        _app.StartServer();
        File.WriteAllText(Path.Combine(_app.Storage.Root, "secret.txt"), "a secret of the storage folder");
    }

    [Fact]
    public async Task Get_AnySpellingOfUp_IsNotFound()
    {
        foreach (var start in Files)
        {
            foreach (var up in Up)
            {
                foreach (var target in (string[])[.. Targets, "secret.txt"])
                {
                    await AssertNotFoundAsync(start + string.Concat(Enumerable.Repeat(up, 4)) + target);
                }
            }
        }
    }

    [Fact]
    public async Task Get_UpInPlaceOfAParameter_IsNotFound()
    {
        var addresses =
            from route in Route.All(_app)
            where route is { IsOpen: true, Method: "GET" } && route.Pattern.Contains('{', StringComparison.Ordinal)
            from up in Up
            select route.Address(new Dictionary<string, string> { ["id"] = $"{up}{up}secret.txt", ["documentName"] = $"{up}{up}appsettings" });

        foreach (var address in addresses)
        {
            await AssertNotFoundAsync(address);
        }
    }

    [Fact]
    public async Task Get_StoredFilesByPath_AreNotFound()
    {
        foreach (var folder in (string[])["uploads", "songs", "incoming", "models", "keys", "data/uploads"])
        {
            await AssertNotFoundAsync($"/{folder}/{new string('a', 64)}.wav");
        }
    }

    [Fact]
    public async Task Get_AdministratorsModelByPath_IsNotFound()
    {
        using var client = await _app.AdministratorAsync();
        foreach (var version in (string[])["..%2f..%2fcatalog.db", "..%5c..%5ccatalog.db", "%252e%252e%252fcatalog.db", "live"])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/admin/model/{version}")).StatusCode);
        }
    }

    public void Dispose() => _app.Dispose();

    private async Task AssertNotFoundAsync(string target)
    {
        var (status, text) = await RawHttp.GetAsync(_app.ClientOptions.BaseAddress, target);

        // 400: the server does not take such an address at all.
        Assert.True(status is 404 or 400, $"{target} answered {status}");
        Assert.DoesNotContain("a secret of the storage folder", text, StringComparison.Ordinal);
        Assert.DoesNotContain("LogLevel", text, StringComparison.Ordinal);
    }
}
