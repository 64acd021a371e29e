using Microsoft.EntityFrameworkCore;
using MusicRec.Audio;
using MusicRec.Catalog.Uploads;

namespace MusicRec.Catalog.Tests.Uploads;

public sealed class WarmUpTests
{
    [Fact]
    public async Task WarmUp_LeavesNothing()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await catalog.AddTonesAsync(3);
        using var wav = new MemoryStream(Wav.Tone(440));
        var uploads = catalog.Get<UploadService>();
        Upload? upload = null;

        await uploads.WarmUpAsync(SongAnalyzer.Analyze(wav, CancellationToken.None), VisitAsync, CancellationToken.None);

        await using var context = catalog.Open();
        Assert.False(await context.Uploads.AnyAsync());
        Assert.NotNull(upload);
        Assert.Null(await uploads.FindAsync(upload.Id, CancellationToken.None));
        Assert.NotEmpty(upload.Prediction);
        Assert.Empty(Directory.GetFiles(catalog.Storage.Uploads));
        Assert.Empty(Directory.GetFiles(catalog.Storage.Incoming));

        async Task VisitAsync(Upload madeUp)
        {
            upload = await uploads.FindAsync(madeUp.Id, CancellationToken.None);
            Assert.Same(madeUp, upload);
        }
    }
}
