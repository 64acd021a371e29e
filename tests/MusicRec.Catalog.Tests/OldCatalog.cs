using Microsoft.EntityFrameworkCore;
using MusicRec.Audio.Features;
using MusicRec.Catalog.Indexing;

namespace MusicRec.Catalog.Tests;

/// <summary>A catalog as the program before feature version 3 left it.</summary>
internal static class OldCatalog
{
    /// <summary>Vectors, index and songs as the program before wrote them.</summary>
    public static async Task MakeAsync(TestCatalog catalog)
    {
        await using var context = catalog.Open();
        var vectors = await context.Vectors.ToListAsync();
        context.RemoveRange(vectors);
        await context.SaveChangesAsync();
        context.ChangeTracker.Clear();
        context.AddRange(vectors.Select(vector => new SongVector(vector.SongId, new FeatureVector(vector.Features.Values))));
        var version = await context.IndexVersions.OrderBy(row => row.Number).LastAsync();
        context.Remove(version);
        await context.SaveChangesAsync();
        context.Add(new IndexVersion(version.Number, FeatureVersion.WithDeviations, version.FeatureScaler, version.Songs, version.BuiltAt));
        await context.SaveChangesAsync();
        await context.Vectors.ExecuteUpdateAsync(row => row.SetProperty(vector => vector.SinceVersion, version.Number));
        await context.Songs.ExecuteUpdateAsync(row => row.SetProperty(song => song.FeatureVersion, FeatureVersion.WithDeviations));
    }
}
