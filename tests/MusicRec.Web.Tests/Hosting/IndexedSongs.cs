using Microsoft.Extensions.DependencyInjection;
using MusicRec.Catalog.Similarity;

namespace MusicRec.Web.Tests.Hosting;

/// <summary>Waits for the background.</summary>
internal static class IndexedSongs
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Until the live index has so many songs.</summary>
    public static async Task WaitAsync(WebApp app, int songs)
    {
        using var patience = new CancellationTokenSource(Patience);
        var index = app.Services.GetRequiredService<LiveIndex>();
        while (index.Current?.Count != songs)
        {
            await Task.Delay(50, patience.Token);
        }
    }
}
