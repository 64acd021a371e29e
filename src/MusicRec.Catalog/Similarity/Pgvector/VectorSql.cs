using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MusicRec.Catalog.Database;
using MusicRec.Genres;
using Npgsql;

namespace MusicRec.Catalog.Similarity.Pgvector;

/// <summary>
/// The statements of the table <c>RankedVectors</c>. It is no part of the schema: it needs an extension, holds nothing that could not be
/// made again, and is in no backup.
/// </summary>
internal static class VectorSql
{
    /// <summary>Candidates that are ranked exactly, at least: an approximate search that looks at so many misses hardly any of the nearest.</summary>
    public const int LeastCandidates = 200;

    /// <summary>What pgvector looks at, at most (<c>hnsw.ef_search</c>).</summary>
    public const int MostCandidates = 1000;

    private const int CandidatesPerHit = 4;
    private const int RowsPerPage = 10_000;

    /// <summary>Makes the extension usable and the table's state a place.</summary>
    /// <exception cref="InvalidOperationException">The extension is not there, or too old.</exception>
    public static async Task PrepareAsync(CatalogContext context, CancellationToken cancellationToken)
    {
        // Of several processes that start one does it.
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(context, "SELECT pg_advisory_xact_lock(hashtextextended('ranked-vectors-start', 0))", cancellationToken);
        try
        {
            await context.Database.ExecuteSqlRawAsync("CREATE EXTENSION IF NOT EXISTS vector", cancellationToken);
        }
        catch (PostgresException exception)
        {
            throw new InvalidOperationException(
                $"Similarity:Index is 'Pgvector', but the extension 'vector' cannot be used in this database ({exception.MessageText}). "
                + "Install pgvector on the server and run CREATE EXTENSION vector as its administrator, or set Similarity:Index to 'Memory'.",
                exception);
        }

        if (await ScalarAsync<long>(context, "SELECT count(*) FROM pg_am WHERE amname = 'hnsw'", cancellationToken) == 0)
        {
            throw new InvalidOperationException("Similarity:Index is 'Pgvector', but the server's pgvector has no hnsw index: version 0.5 or newer is needed.");
        }

        await context.Database.ExecuteSqlRawAsync(
            """
            CREATE TABLE IF NOT EXISTS "RankedVectorsState"
                ("FeatureVersion" int NOT NULL, "Version" int NOT NULL, "BuiltAt" bigint NOT NULL, "Songs" int NOT NULL, "Scaler" bytea NOT NULL, "Ranking" text NOT NULL)
            """,
            cancellationToken);

        // The first programs knew the cosine alone. Asked before: to add a column waits for whoever is making the table, also where it is there.
        if (await ScalarAsync<long>(
            context, """SELECT count(*) FROM pg_attribute WHERE attrelid = '"RankedVectorsState"'::regclass AND attname = 'Ranking'""", cancellationToken) == 0)
        {
            await ExecuteAsync(context, """ALTER TABLE "RankedVectorsState" ADD COLUMN "Ranking" text NOT NULL DEFAULT 'Cosine'""", cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>What the table holds, or null if it was never made.</summary>
    public static async Task<TableState?> FindStateAsync(CatalogContext context, CancellationToken cancellationToken)
    {
        await context.Database.OpenConnectionAsync(cancellationToken);
        await using var command = Command(context, """SELECT "FeatureVersion", "Version", "BuiltAt", "Songs", "Scaler", "Ranking" FROM "RankedVectorsState" """);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);

        // What a later program wrote is made anew.
        return await reader.ReadAsync(cancellationToken) && Enum.TryParse<Ranking>(reader.GetString(5), out var ranking) && Enum.IsDefined(ranking)
            ? new TableState(
                reader.GetInt32(0),
                reader.GetInt32(1),
                DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(2)),
                reader.GetInt32(3),
                FeatureScaler.FromBytes(reader.GetFieldValue<byte[]>(4)),
                ranking)
            : null;
    }

    public static async Task SaveStateAsync(CatalogContext context, TableState state, CancellationToken cancellationToken)
    {
        await using var command = Command(context, """
            WITH gone AS (DELETE FROM "RankedVectorsState")
            INSERT INTO "RankedVectorsState" VALUES ($1, $2, $3, $4, $5, $6)
            """);
        foreach (object value in (object[])
            [state.FeatureVersion, state.Version, state.BuiltAt.ToUnixTimeMilliseconds(), state.Songs, state.Scaler.ToBytes(), state.Ranking.ToString()])
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Whether nobody else works on the table until this transaction ends; does not wait.</summary>
    public static Task<bool> TryLockAsync(CatalogContext context, CancellationToken cancellationToken) =>
        ScalarAsync<bool>(context, "SELECT pg_try_advisory_xact_lock(hashtextextended('ranked-vectors', 0))", cancellationToken);

    /// <summary>
    /// Makes the table anew. The one before answers until the transaction is committed, then this one under its name.
    /// </summary>
    public static async Task BuildAsync(CatalogContext context, VectorRange range, UnitVectors vectors, CancellationToken cancellationToken)
    {
        await ExecuteAsync(
            context, $"""CREATE TABLE "RankedVectorsNext" ("SongId" uuid PRIMARY KEY, "Unit" vector({vectors.Dimensions}) NOT NULL)""", cancellationToken);
        await CopyAsync(context, range, vectors, "RankedVectorsNext", cancellationToken);

        // Of vectors of length 1 the inner product is the cosine; unlike pgvector's cosine it has an answer for those of length 0.
        await ExecuteAsync(context, """CREATE INDEX ON "RankedVectorsNext" USING hnsw ("Unit" vector_ip_ops)""", cancellationToken);
        await ExecuteAsync(context, """ANALYZE "RankedVectorsNext" """, cancellationToken);
        await ExecuteAsync(context, """DROP TABLE IF EXISTS "RankedVectors" """, cancellationToken);
        await ExecuteAsync(context, """ALTER TABLE "RankedVectorsNext" RENAME TO "RankedVectors" """, cancellationToken);
    }

    /// <summary>Takes over what came and changed in a range of versions, and what went.</summary>
    public static async Task FollowAsync(CatalogContext context, VectorRange range, UnitVectors vectors, CancellationToken cancellationToken)
    {
        await CopyAsync(context, range, vectors, "RankedVectors", cancellationToken);
        var there = await ScalarAsync<long>(context, """SELECT count(*) FROM "RankedVectors" """, cancellationToken);
        if (there > await context.Vectors.LongCountAsync(row => row.FeatureVersion == range.FeatureVersion, cancellationToken))
        {
            await ExecuteAsync(
                context,
                $"""
                DELETE FROM "RankedVectors" AS ranked WHERE NOT EXISTS
                    (SELECT FROM "Vectors" AS vector WHERE vector."SongId" = ranked."SongId" AND vector."FeatureVersion" = {range.FeatureVersion})
                """,
                cancellationToken);
        }
    }

    /// <summary>Hands out songs near to a vector, all of the nearest with hardly an exception, each with its stored numbers.</summary>
    /// <exception cref="TableReplacedException">The table has another number of columns.</exception>
    /// <param name="context">The database.</param>
    /// <param name="featureVersion">Of the stored numbers.</param>
    /// <param name="unit">Scaled as the table, as <see cref="UnitVectors.ToQuestion"/> gives it.</param>
    /// <param name="count">How many are wanted.</param>
    /// <param name="handle">Takes a song.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public static async Task ReadCandidatesAsync(
        CatalogContext context, int featureVersion, float[] unit, int count, VectorHandler handle, CancellationToken cancellationToken)
    {
        var candidates = Math.Clamp(CandidatesPerHit * count, LeastCandidates, MostCandidates);
        await context.Database.OpenConnectionAsync(cancellationToken);

        // A batch is one transaction, to whose end the setting holds.
        await using var batch = new NpgsqlBatch((NpgsqlConnection)context.Database.GetDbConnection());
        batch.BatchCommands.Add(new NpgsqlBatchCommand("SELECT set_config('hnsw.ef_search', $1, true)")
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = candidates.ToString(CultureInfo.InvariantCulture) } },
        });
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"""
            WITH near AS MATERIALIZED (SELECT "SongId" FROM "RankedVectors" ORDER BY "Unit" <#> $1::real[]::vector LIMIT $2)
            SELECT "SongId", {Compared(featureVersion)} FROM near JOIN "Vectors" USING ("SongId") WHERE "FeatureVersion" = $3
            """)
        {
            Parameters =
            {
                new NpgsqlParameter<float[]> { TypedValue = unit },
                new NpgsqlParameter<int> { TypedValue = candidates },
                new NpgsqlParameter<int> { TypedValue = featureVersion },
            },
        });
        try
        {
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            await reader.NextResultAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                handle(reader.GetGuid(0), reader.GetFieldValue<byte[]>(1));
            }
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.DataException)
        {
            throw new TableReplacedException(exception);
        }
    }

    /// <summary>Scales the vectors of a range and writes them, page by page: neither program nor server holds many at once.</summary>
    private static async Task CopyAsync(CatalogContext context, VectorRange range, UnitVectors vectors, string table, CancellationToken cancellationToken)
    {
        var unit = new double[vectors.Dimensions];
        var (ids, units) = (new List<Guid>(), new List<float>());
        for (Guid? last = null; last is null || ids.Count == RowsPerPage; last = ids[^1])
        {
            (ids, units) = ([], []);
            await ReadPageAsync(
                context,
                range,
                last,
                (id, bytes) =>
                {
                    SongVector.Copy(SongVector.ComparedOf(id, bytes), unit);
                    vectors.ToUnit(unit, unit);
                    ids.Add(id);
                    foreach (var value in unit)
                    {
                        units.Add((float)value);
                    }
                },
                cancellationToken);
            if (ids.Count == 0)
            {
                return;
            }

            await WritePageAsync(context, table, unit.Length, [.. ids], [.. units], cancellationToken);
        }
    }

    private static async Task ReadPageAsync(
        CatalogContext context, VectorRange range, Guid? last, VectorHandler handle, CancellationToken cancellationToken)
    {
        await using var command = Command(context, $"""
            SELECT "SongId", {Compared(range.FeatureVersion)} FROM "Vectors"
            WHERE "FeatureVersion" = $1 AND "SinceVersion" > $2 AND "SinceVersion" <= $3 AND "SongId" > $4
            ORDER BY "SongId" LIMIT $5
            """);
        foreach (object value in (object[])[range.FeatureVersion, range.After, range.UpTo, last ?? Guid.Empty, RowsPerPage])
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            handle(reader.GetGuid(0), reader.GetFieldValue<byte[]>(1));
        }
    }

    private static async Task WritePageAsync(CatalogContext context, string table, int columns, Guid[] ids, float[] units, CancellationToken cancellationToken)
    {
        await using var command = Command(context, $"""
            INSERT INTO "{table}" SELECT $1[i], ($2[(i - 1) * {columns} + 1 : i * {columns}])::vector
            FROM generate_series(1, cardinality($1)) AS i
            ON CONFLICT ("SongId") DO UPDATE SET "Unit" = EXCLUDED."Unit"
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = ids });
        command.Parameters.Add(new NpgsqlParameter<float[]> { TypedValue = units });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Of a stored vector the numbers by which songs are compared, and their checksum.</summary>
    private static string Compared(int featureVersion) => string.Create(
        CultureInfo.InvariantCulture,
        $"""substring("Bytes" FROM 1 FOR {SongVector.ComparedBytes(featureVersion)}) || substring("Bytes" FROM {SongVector.WholeBytes(featureVersion) + 1} FOR {Checksum.Length})""");

    private static async Task ExecuteAsync(CatalogContext context, string sql, CancellationToken cancellationToken)
    {
        await using var command = Command(context, sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<T> ScalarAsync<T>(CatalogContext context, string sql, CancellationToken cancellationToken)
    {
        await context.Database.OpenConnectionAsync(cancellationToken);
        await using var command = Command(context, sql);
        return (T)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Without a limit of time: a graph over ten million songs is no matter of seconds.</summary>
    private static NpgsqlCommand Command(CatalogContext context, string sql) =>
        new(sql, (NpgsqlConnection)context.Database.GetDbConnection()) { CommandTimeout = 0 };
}
