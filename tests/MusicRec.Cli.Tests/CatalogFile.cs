using Microsoft.Data.Sqlite;

namespace MusicRec.Cli.Tests;

/// <summary>Looks into the database of a catalog folder, beside the program.</summary>
internal sealed class CatalogFile(string data)
{
    private readonly string _connectionString =
        new SqliteConnectionStringBuilder { DataSource = Path.Combine(data, "catalog.db"), Pooling = false, DefaultTimeout = 30 }.ToString();

    /// <summary>The first two columns of a query.</summary>
    public async Task<Dictionary<string, string>> PairsAsync(string sql)
    {
        await using var connection = new SqliteConnection(_connectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var pairs = new Dictionary<string, string>();
        while (await reader.ReadAsync())
        {
            pairs.Add(reader[0].ToString()!, reader[1].ToString()!);
        }

        return pairs;
    }

    /// <summary>The one number a query yields.</summary>
    public async Task<long> NumberAsync(string sql)
    {
        await using var connection = new SqliteConnection(_connectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Songs of a status.</summary>
    public Task<long> CountAsync(string status) => NumberAsync($"SELECT COUNT(*) FROM Songs WHERE Status = '{status}'");
}
