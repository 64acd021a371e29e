using Microsoft.EntityFrameworkCore;
using MusicRec.Audio.Features;
using MusicRec.Catalog.Indexing;
using MusicRec.Genres;

namespace MusicRec.Catalog.Tests;

/// <summary>A catalog as a program of another feature version left it.</summary>
internal static class OldCatalog
{
    /// <summary>A feature version with another embedding.</summary>
    public const int OtherEar = FeatureVersion.Current + 1;

    /// <summary>Vectors, index and songs as the program before feature version 3 wrote them.</summary>
    public static Task MakeAsync(TestCatalog catalog) =>
        MakeAsync(catalog, FeatureVersion.WithDeviations, vector => new FeatureVector(vector.Values));

    /// <summary>The same by a program with another embedding: here the numbers of this one backwards.</summary>
    public static Task MakeWithAnotherEarAsync(TestCatalog catalog) => MakeAsync(catalog, OtherEar, HeardByAnotherEar);

    public static FeatureVector HeardByAnotherEar(FeatureVector vector) => new(vector.Values, vector.Sound.ToArray().Reverse().ToArray());

    private static async Task MakeAsync(TestCatalog catalog, int featureVersion, Func<FeatureVector, FeatureVector> before)
    {
        await using var context = catalog.Open();
        var vectors = await context.Vectors.ToListAsync();
        context.RemoveRange(vectors);
        await context.SaveChangesAsync();
        context.ChangeTracker.Clear();
        var old = vectors.ConvertAll(vector => (vector.SongId, Features: before(vector.Features)));
        context.AddRange(old.ConvertAll(song => new SongVector(song.SongId, song.Features)));
        var version = await context.IndexVersions.OrderBy(row => row.Number).LastAsync();
        context.Remove(version);
        await context.SaveChangesAsync();
        context.Add(new IndexVersion(version.Number, featureVersion, FitTo(old.ConvertAll(song => song.Features), featureVersion), version.Songs, version.BuiltAt));
        await context.SaveChangesAsync();
        await context.Vectors.ExecuteUpdateAsync(row => row
            .SetProperty(vector => vector.SinceVersion, version.Number)
            .SetProperty(vector => vector.FeatureVersion, featureVersion));
        await context.Songs.ExecuteUpdateAsync(row => row.SetProperty(song => song.FeatureVersion, featureVersion));
    }

    private static FeatureScaler FitTo(List<FeatureVector> songs, int featureVersion)
    {
        var numbers = songs.ConvertAll(song =>
        {
            var compared = new double[SongVector.ComparedCount(featureVersion)];
            song.CopyCompared(compared);
            return compared;
        });
        return FeatureScaler.Fit(numbers.Count, row => numbers[row]);
    }
}
