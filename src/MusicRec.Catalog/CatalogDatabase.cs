using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using MusicRec.Catalog.Files;
using MusicRec.Catalog.Search;
using MusicRec.Catalog.Similarity;
using MusicRec.Catalog.Similarity.Pgvector;
using MusicRec.Genres.Embedding;

namespace MusicRec.Catalog;

/// <summary>Brings storage folder and database to the state this program needs.</summary>
/// <param name="contexts">The database.</param>
/// <param name="storage">The folder.</param>
/// <param name="incoming">Files on their way into it.</param>
/// <param name="audio">Where the sound lies.</param>
/// <param name="time">What time it is.</param>
/// <param name="table">pgvector's table if the index is there and not in memory.</param>
public sealed class CatalogDatabase(
    IDbContextFactory<CatalogContext> contexts, StorageFolder storage, IncomingFiles incoming, AudioStore audio, TimeProvider time, VectorTable? table = null)
{
    /// <summary>Creates what is missing, applies migrations, clears what a killed process left. To be called once, before anything else.</summary>
    /// <exception cref="InvalidDataException">The program's embedding is damaged.</exception>
    /// <exception cref="InvalidOperationException">The database was made by a newer program, or has no pgvector though that was chosen.</exception>
    /// <exception cref="AudioStorageException">The bucket cannot be used.</exception>
    /// <exception cref="IOException">The storage folder cannot be written, or the program's embedding is missing.</exception>
    /// <exception cref="UnauthorizedAccessException">The storage folder cannot be written.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        _ = SoundEmbedding.Shared; // Without it no song could be analysed: better no start than a catalog of failures.
        storage.Create();
        incoming.DeleteStaleIncoming();
        await audio.CheckAsync(cancellationToken);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.GetService<IRelationalDatabaseCreator>().ExistsAsync(cancellationToken))
        {
            await RefuseNewerAsync(context, cancellationToken);
        }

        await context.MigrateAsync(time, cancellationToken);
        if (table is not null)
        {
            await VectorSql.PrepareAsync(context, cancellationToken);
        }

        await RankingChoice.SetFirstAsync(context, cancellationToken);
        await SearchUpdate.RunAsync(context, cancellationToken);
    }

    private static async Task RefuseNewerAsync(CatalogContext context, CancellationToken cancellationToken)
    {
        var applied = await context.Database.GetAppliedMigrationsAsync(cancellationToken);
        var unknown = applied.Except(context.Database.GetMigrations()).ToList();
        if (unknown.Count > 0)
        {
            throw new InvalidOperationException(
                $"The database was written by a newer version of this program (it has the unknown migration {unknown[^1]}). Start that version, or restore a backup.");
        }
    }
}
