using System.Net;
using System.Text;
using System.Text.Json;
using MusicRec.Web.Tests.Hosting;

namespace MusicRec.Web.Tests.Security;

/// <summary>Whatever a file is called: it is stored under its hash, its name is text and nothing else.</summary>
public sealed class HostileNameTests(WebApp app) : IClassFixture<WebApp>
{
    private static readonly byte[] Song = TestWav.Tone(466);

    /// <summary>Escaped as C# does it, so that every name can be told from the others in a test's title.</summary>
    public static TheoryData<string> Names =>
    [
        "../../../etc/passwd.wav", @"..\..\windows\system.wav", @"C:\Users\me\song.wav", "/etc/cron.d/job", "//server/share/a.wav", "....//....//a.wav",
        "..%2f..%2fa.wav", "%252e%252e%252fa.wav", "file:///etc/passwd", "https://example.com/a.wav", "concat:a|b.wav", "-i.wav", "-rf", "--output=x.wav",
        "a.wav.exe", "a.exe.wav", "a.php.wav", "a.WaV", "a.wav.", "a.wav ", "a.wav::$DATA", ".htaccess", ".wav", "..", ".", "CON", "con.wav", "NUL.wav", "LPT1",
        "a\0b.wav", "a.php\0.wav", "\u202Evaw.exe", "\u200B\u200B.wav", "а.wаv", "ａ．ｗａｖ", "\uFEFFa.wav", "\uFFFE노래.wav",
        "<script>alert(1)</script>.wav", "\u003Cimg src=x onerror=alert(1)>.wav", "'; DROP TABLE Songs;--.wav", "{{7*7}}${7*7}@(7*7).wav", "$(reboot)`id`.wav",
        "=cmd|' /C calc'!A0.wav", "@SUM(A1).wav", "LONG", "DECOMPOSED", "COMBINING",
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Create_HostileName_IsStoredByHashAndShownAsText(string name)
    {
        using var client = app.Visitor($"198.51.100.{1 + Math.Abs(StringComparer.Ordinal.GetHashCode(name) % 250)}");

        var answer = await client.PostAsync("/api/v1/analyses", new Multipart().File("file", Whole(name), Song).Content());

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var analysis = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        AssertClean(analysis.GetProperty("fileName").GetString()!);
        Assert.Matches(@"^[0-9a-f]{64}\.\w+$", Path.GetFileName(Assert.Single(app.UploadedFiles())));
        var page = await client.PageAsync($"/uploads/{analysis.GetProperty("id").GetString()}");
        Assert.Empty(page.QuerySelectorAll("script:not([src]), img[onerror]"));
        Assert.Contains(analysis.GetProperty("fileName").GetString()!.Split(' ')[0], page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UTF-8''a%0D%0ASet-Cookie%3A%20x%3D1.wav")]
    [InlineData("UTF-8''..%2F..%2Fa.wav")]
    [InlineData("UTF-8''%00%E2%80%AE.wav")]
    public async Task Create_HostileEncodedName_IsShownAsText(string encoded)
    {
        using var client = app.Visitor("203.0.113.40");

        var answer = await client.PostAsync("/api/v1/analyses", new Multipart().File("file", $"x.wav\"; filename*={encoded}; x=\"", Song).Content());

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        AssertClean(JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("fileName").GetString()!);
    }

    private static void AssertClean(string shown)
    {
        Assert.InRange(shown.Length, 1, 200);
        Assert.True(shown.IsNormalized());
        Assert.DoesNotContain(shown, character => char.IsControl(character) || character is '/' or '\\' or '\u202E' or '\u200B' or '\uFEFF');
    }

    private static string Whole(string name) => name switch
    {
        "LONG" => new string('가', 300) + ".wav",
        "DECOMPOSED" => "아이유_밤편지.wav".Normalize(NormalizationForm.FormD),
        "COMBINING" => "a" + new string('\u0301', 500) + ".wav",
        _ => name,
    };
}
