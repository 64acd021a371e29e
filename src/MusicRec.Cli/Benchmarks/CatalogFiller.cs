using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using MusicRec.Catalog;
using MusicRec.Genres;

namespace MusicRec.Cli.Benchmarks;

/// <summary>Fills a catalog with made-up songs, as if they had been indexed: rows in the database, no audio.</summary>
internal static class CatalogFiller
{
    private const int Seed = 20_260_102;

    private static readonly DateTimeOffset Added = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static async Task FillAsync(CatalogContext context, int songs, CancellationToken cancellationToken)
    {
        await context.Database.OpenConnectionAsync(cancellationToken);
        var connection = context.Database.GetDbConnection() as SqliteConnection
            ?? throw new CommandException("The benchmark makes a SQLite catalog of its own: unset Catalog__Provider and Catalog__ConnectionString.");
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);

        // One song as the program writes it is the pattern for the others: whatever columns there are, they are filled.
        var pattern = new Song(new SongName("Artist 0", "Title 0"), "0.wav", Hash(0), 30, null, Added);
        pattern.BeginAttempt(Guid.NewGuid(), Added);
        pattern.Complete(null, Added);
        context.Add(pattern);
        context.Add(new SongVector(pattern.Id, MadeUpSongs.Vector(new Random(Seed))));
        await context.SaveChangesAsync(cancellationToken);
        await ExecuteAsync(connection, "CREATE TEMP TABLE NextSong AS SELECT * FROM Songs; CREATE TEMP TABLE NextVector AS SELECT * FROM Vectors;", cancellationToken);

        await using var insert = connection.CreateCommand();
        insert.CommandText = """
            UPDATE NextSong SET Id = $id, Sha256 = $hash, Title = $title, SearchText = $title, Label = $label;
            INSERT INTO Songs SELECT * FROM NextSong;
            UPDATE NextVector SET SongId = $id, Bytes = $bytes;
            INSERT INTO Vectors SELECT * FROM NextVector;
            """;
        var random = new Random(Seed + 1);
        for (var song = 1; song < songs; song++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            insert.Parameters.Clear();
            var id = Guid.CreateVersion7(Added.AddMilliseconds(song));
            insert.Parameters.AddWithValue("$id", id);
            insert.Parameters.AddWithValue("$hash", Hash(song));
            insert.Parameters.AddWithValue("$title", $"Title {song}");
            insert.Parameters.AddWithValue("$label", Genre.All[song % Genre.All.Count].Name);
            insert.Parameters.AddWithValue("$bytes", new SongVector(id, MadeUpSongs.Vector(random)).Bytes);
            await insert.ExecuteNonQueryAsync(cancellationToken);
        }

        await ExecuteAsync(connection, "DROP TABLE NextSong; DROP TABLE NextVector;", cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Adds one more song.</summary>
    public static async Task<Song> AddAsync(CatalogContext context, int number, CancellationToken cancellationToken)
    {
        var song = new Song(new SongName("Artist", $"More {number}"), "more.wav", Hash(-number), 30, null, Added.AddDays(1));
        song.BeginAttempt(Guid.NewGuid(), Added);
        song.Complete(null, Added);
        context.Add(song);
        context.Add(new SongVector(song.Id, MadeUpSongs.Vector(new Random(number))));
        await context.SaveChangesAsync(cancellationToken);
        return song;
    }

    private static string Hash(int song) => $"{song:x64}";

    private static async Task ExecuteAsync(SqliteConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
