using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MusicRec.Catalog.Files;
using MusicRec.Catalog.Indexing;
using MusicRec.Catalog.Similarity.Pgvector;
using Npgsql;

namespace MusicRec.Catalog.Database;

/// <summary>Registers the context of the configured database.</summary>
internal static class DatabaseServices
{
    /// <summary>By <c>Catalog:Provider</c> and <c>Catalog:ConnectionString</c>.</summary>
    /// <exception cref="InvalidOperationException">A setting is wrong; the message names it.</exception>
    public static IServiceCollection AddCatalogDatabase(this IServiceCollection services, IConfiguration configuration, StorageFolder storage)
    {
        var (provider, connectionString) = (configuration["Catalog:Provider"], configuration["Catalog:ConnectionString"]);
        services.AddScoped(scope => scope.GetRequiredService<IDbContextFactory<CatalogContext>>().CreateDbContext());
        return provider?.ToUpperInvariant() switch
        {
            null or "" or "SQLITE" => services.AddSqlite(string.IsNullOrEmpty(connectionString) ? $"Data Source={storage.Database}" : connectionString),
            "POSTGRESQL" => services.AddPostgres(Checked(connectionString)),
            _ => throw new InvalidOperationException($"Catalog:Provider is '{provider}'; this version knows 'Sqlite' and 'PostgreSql'."),
        };
    }

    /// <summary>By <c>Similarity:Index</c>; the index is in memory unless pgvector is asked for.</summary>
    /// <exception cref="InvalidOperationException">The setting is wrong, or the database has no pgvector.</exception>
    public static IServiceCollection AddVectorTable(this IServiceCollection services, IConfiguration configuration)
    {
        var index = configuration["Similarity:Index"];
        switch (index?.ToUpperInvariant())
        {
            case null or "" or "MEMORY":
                return services;
            case "PGVECTOR" when services.Any(service => service.ServiceType == typeof(IDbContextFactory<PostgresCatalogContext>)):
                return services.AddSingleton(provider => new VectorTable(
                    provider.GetRequiredService<IDbContextFactory<CatalogContext>>(), provider.GetRequiredService<ILogger<VectorTable>>()));
            case "PGVECTOR":
                throw new InvalidOperationException("Similarity:Index is 'Pgvector', which needs Catalog:Provider 'PostgreSql'.");
            default:
                throw new InvalidOperationException($"Similarity:Index is '{index}'; this version knows 'Memory' and 'Pgvector'.");
        }
    }

    private static IServiceCollection AddSqlite(this IServiceCollection services, string connectionString) => services
        .AddPooledDbContextFactory<SqliteCatalogContext>(builder => SqliteCatalogContext.Configure(builder, connectionString))
        .AddSingleton<IDbContextFactory<CatalogContext>, Factory<SqliteCatalogContext>>();

    private static IServiceCollection AddPostgres(this IServiceCollection services, string connectionString)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, PostgresListener>(provider => new PostgresListener(
            connectionString, provider.GetRequiredService<IndexingSignal>(), provider.GetRequiredService<ILogger<PostgresListener>>())));
        return services
            .AddPooledDbContextFactory<PostgresCatalogContext>(builder => PostgresCatalogContext.Configure(builder, connectionString))
            .AddSingleton<IDbContextFactory<CatalogContext>, Factory<PostgresCatalogContext>>();
    }

    /// <summary>The string holds a password: it is not repeated in the message.</summary>
    private static string Checked(string? connectionString)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connectionString) is { Host.Length: > 0, Database.Length: > 0 }
                ? connectionString!
                : throw new InvalidOperationException("Catalog:ConnectionString must name host and database of PostgreSQL: Host=...;Database=...;Username=...;Password=...");
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            throw new InvalidOperationException("Catalog:ConnectionString is no connection string of PostgreSQL: Host=...;Database=...;Username=...;Password=...");
        }
    }

    private sealed class Factory<TContext>(IDbContextFactory<TContext> contexts) : IDbContextFactory<CatalogContext>
        where TContext : CatalogContext
    {
        public CatalogContext CreateDbContext() => contexts.CreateDbContext();
    }
}
