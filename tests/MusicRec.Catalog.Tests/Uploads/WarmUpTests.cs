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
        var upload = await catalog.Get<UploadService>().WarmUpAsync(SongAnalyzer.Analyze(wav, CancellationToken.None), CancellationToken.None);

        await using var context = catalog.Open();
        Assert.False(await context.Uploads.AnyAsync());
        Assert.Null(await catalog.Get<UploadService>().FindAsync(upload.Id, CancellationToken.None));
        Assert.NotEmpty(upload.Prediction);
        Assert.Empty(Directory.GetFiles(catalog.Storage.Uploads));
    }
}
