using System.Collections;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace MusicRec.Browser.Tests;

/// <summary>Chromium and the product it looks at, shared by all tests that run one after the other.</summary>
public abstract class Browsing(int songs) : IAsyncLifetime
{
    /// <summary>Tests that leave the catalog as it is.</summary>
    public const string Visitors = "Visitors";

    /// <summary>Tests that change the catalog, and some that need few songs. They have a product of their own, and run beside those of visitors.</summary>
    public const string Administrators = "Administrators";

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--disable-dev-shm-usage", "--autoplay-policy=no-user-gesture-required",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private string? _signedIn;

    public Site Site { get; } = new(songs);

    public async ValueTask InitializeAsync()
    {
        // Wide enough for a machine that has other work.
        Assertions.SetDefaultExpectTimeout(30_000);
        await Site.InitializeAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium-headless-shell", Args = Arguments, Env = Surroundings() });
    }

    /// <summary>Chromium takes names of files from a locale that is installed, or falls over them; the program may run with any other.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Surroundings()
    {
        var variables = Environment.GetEnvironmentVariables();
        variables["LC_ALL"] = "C.UTF-8";
        return variables.Cast<DictionaryEntry>().Select(variable => KeyValuePair.Create((string)variable.Key, (string)variable.Value!));
    }

    /// <summary>A visitor with a language and a screen; any error in the browser's console fails the test that made it.</summary>
    public Task<Visitor> VisitAsync(string culture = "ko", bool phone = false, bool script = true, bool dark = false) =>
        VisitAsync(Site, culture, phone, script, dark, null);

    /// <summary>A visitor of another program.</summary>
    public Task<Visitor> VisitAsync(Site site, string culture, bool phone = false) => VisitAsync(site, culture, phone, true, false, null);

    /// <summary>The administrator, who has signed in.</summary>
    public async Task<Visitor> AdministerAsync(string culture, bool phone, bool dark = false)
    {
        if (_signedIn is null)
        {
            await using var visitor = await VisitAsync();
            await visitor.SignInAsync();
            _signedIn = await visitor.Page.Context.StorageStateAsync();
        }

        return await VisitAsync(Site, culture, phone, true, dark, _signedIn);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser!.DisposeAsync();
        _playwright!.Dispose();
        await Site.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private async Task<Visitor> VisitAsync(Site site, string culture, bool phone, bool script, bool dark, string? storage)
    {
        var (width, height) = phone ? Visitor.Phone : Visitor.Desk;
        var context = await _browser!.NewContextAsync(new()
        {
            BaseURL = site.Url.ToString(),
            Locale = culture == "ko" ? "ko-KR" : "en-US",
            ViewportSize = new() { Width = width, Height = height },
            JavaScriptEnabled = script,
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            StorageState = storage,
        });
        context.SetDefaultTimeout(60_000);
        return new Visitor(context, await context.NewPageAsync());
    }
}

/// <summary>With a song of each genre.</summary>
public sealed class VisitorBrowsing() : Browsing(songs: 8);

/// <summary>With few songs, as whoever tries an administrator's work waits for all of them to be analysed.</summary>
public sealed class AdministratorBrowsing() : Browsing(songs: 2);

/// <summary>One person in front of one window.</summary>
public sealed class Visitor : IAsyncDisposable
{
    public static readonly (int Width, int Height) Phone = (390, 844);
    public static readonly (int Width, int Height) Desk = (1280, 900);

    /// <summary>
    /// Asked here and not by the package for Playwright, which opens a page of its own for every answer and takes five times as long. Nothing
    /// here needs the sound of the players loaded.
    /// </summary>
    private const string Complaints = """
        async () => {
          const runOnly = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
          const { violations } = await axe.run(document, { runOnly, resultTypes: ['violations'], preload: false });
          const { scrollWidth, clientWidth } = document.documentElement;
          return [
            ...violations.map(one => `${one.id} at ${one.nodes.slice(0, 3).map(node => node.html).join(', ')}`),
            ...(scrollWidth > clientWidth ? [`${scrollWidth - clientWidth} pixels wider than the window`] : []),
          ];
        }
        """;

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    public Visitor(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.PageError += (_, error) => _complaints.Add(error);
        page.Response += (_, response) =>
        {
            if (response.Status >= 400 && response.Request.ResourceType is "stylesheet" or "script" or "image" or "font" or "manifest")
            {
                _complaints.Add($"{response.Status} {response.Url}");
            }
        };
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

    /// <summary>Accessible by the rules of axe (WCAG 2.2 AA) and no wider than the window: in this window, and in a phone's or a desk's.</summary>
    public async Task AssertPleasantAsync()
    {
        await AssertPleasantNowAsync();
        var own = Page.ViewportSize!;
        var other = own.Width == Phone.Width ? Desk : Phone;
        await Page.SetViewportSizeAsync(other.Width, other.Height);
        await AssertPleasantNowAsync();
        await Page.SetViewportSizeAsync(own.Width, own.Height);
    }

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        Assert.Empty(_complaints);
    }

    private async Task AssertPleasantNowAsync()
    {
        if (!await Page.EvaluateAsync<bool>("'axe' in window"))
        {
            await Page.EvaluateAsync(Axe);
        }

        var complaints = await Page.EvaluateAsync<string[]>(Complaints);
        Assert.True(complaints.Length == 0, $"{Page.Url}, {Page.ViewportSize!.Width} wide: {string.Join("; ", complaints)}");
    }
}

[CollectionDefinition(Browsing.Visitors)]
public sealed class VisitorTests : ICollectionFixture<VisitorBrowsing>;

[CollectionDefinition(Browsing.Administrators)]
public sealed class AdministratorTests : ICollectionFixture<AdministratorBrowsing>;
