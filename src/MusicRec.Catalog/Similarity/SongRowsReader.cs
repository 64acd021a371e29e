using MusicRec.Catalog.Database;

namespace MusicRec.Catalog.Similarity;

/// <summary>Reads the songs of an index version from the database: of a version that continues a known one only what changed.</summary>
internal static class SongRowsReader
{
    /// <summary>The songs of a version as they are in the database now, of which deleted ones are gone.</summary>
    /// <param name="context">Its connection is open; a transaction makes everything read be of one moment.</param>
    /// <param name="featureVersion">Feature version of the index version.</param>
    /// <param name="number">The index version.</param>
    /// <param name="known">The songs of an earlier version, or null.</param>
    /// <param name="cancellationToken">Stops between two songs.</param>
    /// <exception cref="InvalidDataException">The bytes of a song are no numbers.</exception>
    public static SongRows Read(CatalogContext context, int featureVersion, int number, SongRows? known, CancellationToken cancellationToken)
    {
        var all = new VectorRange(featureVersion, 0, number);
        if (known is null || known.FeatureVersion != featureVersion || known.Number >= number || known.IsSparse)
        {
            var read = new SongRowsBuilder();
            context.ReadVectors(all, VectorParts.Compared, (id, bytes) => read.Add(id, SongVector.ComparedOf(id, bytes)), cancellationToken);
            return read.Build(featureVersion, number);
        }

        var builder = known.Continue();
        context.ReadVectors(
            all with { After = known.Number }, VectorParts.Compared, (id, bytes) => builder.Add(id, SongVector.ComparedOf(id, bytes)), cancellationToken);
        var count = context.Vectors.Count(row => row.FeatureVersion == featureVersion && row.SinceVersion <= number);
        if (builder.Count() == count)
        {
            return builder.Build(featureVersion, number);
        }

        var ids = new HashSet<Guid>(count);
        context.ReadVectors(all, VectorParts.Ids, (id, _) => ids.Add(id), cancellationToken);
        return builder.Build(featureVersion, number, ids.Contains);
    }
}
