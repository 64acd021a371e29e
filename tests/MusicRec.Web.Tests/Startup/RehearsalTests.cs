using Microsoft.Extensions.DependencyInjection;
using MusicRec.Catalog.Uploads;
using MusicRec.Web.Startup;
using MusicRec.Web.Tests.Hosting;

namespace MusicRec.Web.Tests.Startup;

/// <summary>What the program visits by itself at its start is there, and answers as it expects.</summary>
public sealed class RehearsalTests(WebApp app) : IClassFixture<WebApp>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rehearsal_PagesOfAFirstVisit_AnswerAndLeaveNothing()
    {
        using var client = app.CreateClient();
        var rehearsal = app.Services.GetRequiredService<Rehearsal>();

        await rehearsal.ReadAsync("/", Stop);
        await rehearsal.SendEmptyFormAsync(Stop);

        Assert.Empty(app.UploadedFiles());
    }

    [Fact]
    public async Task Rehearsal_PageThatIsNotThere_IsNoVisit()
    {
        using var client = app.CreateClient();
        var rehearsal = app.Services.GetRequiredService<Rehearsal>();

        var problem = await Assert.ThrowsAsync<InvalidOperationException>(() => rehearsal.ReadResultAsync(Guid.NewGuid(), Stop));

        Assert.Contains("404", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rehearsal_MadeUpUpload_HasAPage()
    {
        using var client = app.CreateClient();
        var rehearsal = app.Services.GetRequiredService<Rehearsal>();
        using var song = new MemoryStream(TestWav.Tone(330));
        var pages = 0;

        await app.Services.GetRequiredService<UploadService>().WarmUpAsync(
            Audio.SongAnalyzer.Analyze(song, Stop),
            async upload =>
            {
                await rehearsal.ReadResultAsync(upload.Id, Stop);
                pages++;
            },
            Stop);

        Assert.Equal(1, pages);
        Assert.Empty(app.UploadedFiles());
    }
}
