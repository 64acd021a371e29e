using System.Data.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MusicRec.Catalog.Indexing;
using Npgsql;

namespace MusicRec.Catalog.Database;

/// <summary>Hears what other processes on the database announce. While the connection is down, background work looks by itself as always.</summary>
internal sealed partial class PostgresListener(string connectionString, IndexingSignal signal, ILogger<PostgresListener> logger) : BackgroundService
{
    private const int KeepAliveSeconds = 30;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>A connection of its own, for as long as the process lives; asked now and then, so that one that is dead is noticed.</summary>
    private readonly string _connectionString =
        new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, KeepAlive = KeepAliveSeconds }.ConnectionString;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (DbException exception)
            {
                LogTrouble(exception);
                await Task.Delay(Pause, stoppingToken);
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(_connectionString);
        connection.Notification += (_, notification) => Hear(notification.Payload);
        await connection.OpenAsync(cancellationToken);
        await using (var listen = new NpgsqlCommand($"LISTEN {PostgresCatalogContext.Channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(cancellationToken);
        }

        // What was announced before is not heard.
        foreach (var news in Enum.GetValues<News>())
        {
            signal.Set(news);
        }

        while (true)
        {
            await connection.WaitAsync(cancellationToken);
        }
    }

    private void Hear(string payload)
    {
        if (Enum.TryParse<News>(payload, out var news) && Enum.IsDefined(news))
        {
            signal.Set(news);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The connection on which other processes announce songs and index versions is down; trying again")]
    private partial void LogTrouble(Exception exception);
}
