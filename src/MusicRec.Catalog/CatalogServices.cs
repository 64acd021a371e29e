using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace MusicRec.Catalog;

/// <summary>Registers the catalog.</summary>
public static class CatalogServices
{
    /// <summary>
    /// Registers context factory, files, importer, uploads, recommender, index runs and model by the configuration keys
    /// <c>Storage:Path</c>, <c>Catalog:Provider</c>, <c>Catalog:ConnectionString</c>, <c>Upload:MaxBytes</c>.
    /// </summary>
    /// <param name="services">Where to register.</param>
    /// <param name="configuration">The settings.</param>
    /// <param name="contentRoot">Base of a relative <c>Storage:Path</c>.</param>
    public static IServiceCollection AddCatalog(this IServiceCollection services, IConfiguration configuration, string contentRoot) => throw new NotImplementedException();

    /// <summary>Adds what a server does in the background: indexing, purge of expired uploads, the demo catalog.</summary>
    public static IServiceCollection AddCatalogWorkers(this IServiceCollection services) => throw new NotImplementedException();
}
