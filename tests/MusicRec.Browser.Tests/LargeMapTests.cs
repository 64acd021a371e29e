using System.Globalization;

namespace MusicRec.Browser.Tests;

/// <summary>
/// Measures the map of a running program on a large catalog, whose address is in <c>MUSICREC_TEST_SITE</c>: what comes over the line, how
/// soon the songs are seen, how smoothly they move.
/// </summary>
[Collection(Browsing.Visitors)]
public sealed class LargeMapTests(VisitorBrowsing browsing, ITestOutputHelper output)
{
    private const string Frames = """
        () => new Promise(done => {
          const times = [];
          const tick = now => { times.push(now); window.measuring ? requestAnimationFrame(tick) : done(times.slice(1).map((time, i) => time - times[i]).sort((a, b) => a - b)); };
          window.measuring = true;
          requestAnimationFrame(tick);
        })
        """;

    [Fact]
    public async Task Map_OfARunningProgram_IsMeasured()
    {
        var site = Environment.GetEnvironmentVariable("MUSICREC_TEST_SITE");
        Assert.SkipUnless(site is not null, "MUSICREC_TEST_SITE names no program to measure.");
        await using var visitor = await browsing.VisitAsync();
        var page = visitor.Page;
        await page.GotoAsync($"{site}/map");
        await page.Locator("[data-ready]").WaitForAsync();
        var drawn = await page.EvaluateAsync<double>("performance.getEntriesByName('map-drawn')[0].startTime");
        var points = await page.EvaluateAsync<double[]>(
            "() => { const one = performance.getEntriesByType('resource').find(entry => entry.name.endsWith('/map/points')); return [one.encodedBodySize, one.decodedBodySize, one.responseStart - one.requestStart]; }");

        var box = (await page.Locator("[data-map-marks]").BoundingBoxAsync())!;
        var (x, y) = (box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await page.Mouse.MoveAsync(x, y);
        await page.Mouse.DownAsync();
        var measuring = page.EvaluateAsync<double[]>(Frames);
        for (var step = 0; step < 150; step++)
        {
            await page.Mouse.MoveAsync(x + (100 * MathF.Sin(step / 10f)), y + (60 * MathF.Cos(step / 8f)));
        }

        await page.EvaluateAsync("window.measuring = false");
        var frames = await measuring;
        await page.Mouse.UpAsync();

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{points[0]:F0} bytes over the line, {points[1]:F0} unpacked; server {points[2]:F0} ms; songs seen after {drawn:F0} ms; frames of {frames[frames.Length / 2]:F1} ms at the median, {frames[frames.Length * 95 / 100]:F1} ms for all but the slowest twentieth, {frames.Length} of them"));
        Assert.True(points[0] < points[1], "the points came unpacked");
    }
}
