using Microsoft.Data.Sqlite;

namespace MusicRec.Catalog.Tests;

/// <summary>The database of a <see cref="TestCatalog"/>: here a SQLite file in its folder. The PostgreSQL tests have one of their own.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    public Dictionary<string, string?> Settings { get; } = [];

    public static Task<TestDatabase> CreateAsync() => Task.FromResult(new TestDatabase());

    public ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        return ValueTask.CompletedTask;
    }
}
