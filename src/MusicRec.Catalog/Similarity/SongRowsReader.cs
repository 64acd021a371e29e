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
    /// <param name="damaged">Takes the songs whose bytes are no numbers; they are left out.</param>
    /// <param name="cancellationToken">Stops between two songs.</param>
    public static SongRows Read(
        CatalogContext context, int featureVersion, int number, SongRows? known, ICollection<Guid> damaged, CancellationToken cancellationToken)
    {
        var all = new VectorRange(featureVersion, 0, number);
        if (known is null || known.FeatureVersion != featureVersion || known.Number >= number || known.IsSparse)
        {
            var read = new SongRowsBuilder(featureVersion);
            context.ReadVectors(all, VectorParts.Compared, Into(featureVersion, read, damaged), cancellationToken);
            return read.Build(number);
        }

        var builder = known.Continue();
        context.ReadVectors(
            all with { After = known.Number }, VectorParts.Compared, Into(featureVersion, builder, damaged), cancellationToken);
        var count = context.Vectors.Count(row => row.FeatureVersion == featureVersion && row.SinceVersion <= number);
        if (builder.Count() == count)
        {
            return builder.Build(number);
        }

        var ids = new HashSet<Guid>(count);
        context.ReadVectors(all, VectorParts.Ids, (id, _) => ids.Add(id), cancellationToken);
        return builder.Build(number, ids.Contains);
    }

    private static VectorHandler Into(int featureVersion, SongRowsBuilder rows, ICollection<Guid> damaged) => (id, bytes) =>
    {
        if (SongVector.TryGetCompared(bytes, out var compared) && compared.Length == SongVector.ComparedBytes(featureVersion))
        {
            rows.Add(id, compared);
        }
        else
        {
            damaged.Add(id);
        }
    };
}
