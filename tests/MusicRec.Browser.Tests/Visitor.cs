using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace MusicRec.Browser.Tests;

/// <summary>Chromium, shared by all tests, and the product it looks at.</summary>
public sealed class Browsing : IAsyncLifetime
{
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--disable-dev-shm-usage", "--autoplay-policy=no-user-gesture-required",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public Site Site { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await Site.InitializeAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = Arguments });
    }

    /// <summary>A visitor with a language and a screen; any error in the browser's console fails the test that made it.</summary>
    public async Task<Visitor> VisitAsync(string culture = "ko", bool phone = false, bool script = true, bool dark = false)
    {
        var context = await _browser!.NewContextAsync(new()
        {
            BaseURL = Site.Url.ToString(),
            Locale = culture == "ko" ? "ko-KR" : "en-US",
            ViewportSize = phone ? new() { Width = 390, Height = 844 } : new() { Width = 1280, Height = 900 },
            JavaScriptEnabled = script,
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
        });
        context.SetDefaultTimeout(60_000);
        return new Visitor(context, await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _browser!.DisposeAsync();
        _playwright!.Dispose();
        await Site.DisposeAsync();
    }
}

/// <summary>One person in front of one window.</summary>
public sealed class Visitor : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    public Visitor(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.PageError += (_, error) => _complaints.Add(error);
        page.Console += (_, message) =>
        {
            // The browser reports every 4xx answer; those that a test provokes are not faults of the page.
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
            {
                _complaints.Add(message.Text);
            }
        };
    }

    public IPage Page { get; }

    public async Task SignInAsync()
    {
        await Page.GotoAsync("/account/login");
        await Page.FillAsync("[name=Email]", Site.Email);
        await Page.FillAsync("[name=Password]", Site.Password);
        await Page.ClickAsync("main button[type=submit]");
        await Page.WaitForURLAsync("**/admin");
    }

    /// <summary>Accessible by the rules of axe (WCAG 2.2 AA), and no wider than the window.</summary>
    public async Task AssertPleasantAsync()
    {
        var result = await Page.RunAxe(new AxeRunOptions { RunOnly = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] } });
        Assert.True(result.Violations.Length == 0, $"{Page.Url}: {string.Join("; ", result.Violations.Select(Describe))}");
        var overflow = await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(overflow <= 0, $"{Page.Url} is {overflow} pixels wider than the window.");
    }

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        Assert.Empty(_complaints);
    }

    private static string Describe(AxeResultItem violation) =>
        $"{violation.Id} at {string.Join(", ", violation.Nodes.Take(3).Select(node => node.Html))}";
}

[CollectionDefinition("Browser")]
public sealed class BrowserTests : ICollectionFixture<Browsing>;
