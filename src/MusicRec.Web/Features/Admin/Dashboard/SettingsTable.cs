using MusicRec.Catalog.Files;
using MusicRec.Catalog.Indexing;
using MusicRec.Catalog.Uploads;
using MusicRec.Web.Features.Shared;

namespace MusicRec.Web.Features.Admin.Dashboard;

/// <summary>How a setting stands.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Value">What holds; null if nothing is set, or if it is a secret.</param>
/// <param name="IsSecret">Whether its value is nobody's business, not even an administrator's.</param>
/// <param name="IsSet">Whether somebody set it; otherwise the value is the program's own.</param>
internal sealed record SettingRow(string Key, string? Value, bool IsSecret, bool IsSet);

/// <summary>The settings that there are, by name: what is not listed here is never shown.</summary>
internal static class SettingsTable
{
    public static IReadOnlyList<SettingRow> Read(IConfiguration configuration, StorageFolder storage, UploadOptions uploads, IndexingOptions indexing)
    {
        var roots = configuration.GetSection("Import:Roots").GetChildren().Select(root => root.Value).OfType<string>().ToList();
        return
        [
            Shown("Storage:Path", storage.Root),
            Shown("Storage:LeastFreeBytes", Display.Size(configuration.GetValue("Storage:LeastFreeBytes", StorageFolder.DefaultLeastFreeBytes))),
            Named("Storage:S3:Bucket"),
            Named("Storage:S3:Endpoint"),
            Named("Storage:S3:Region"),
            Secret("Storage:S3:AccessKey"),
            Secret("Storage:S3:SecretKey"),
            Shown("Catalog:Provider", configuration["Catalog:Provider"] ?? "Sqlite"),
            Secret("Catalog:ConnectionString"),
            Shown("Similarity:Index", configuration["Similarity:Index"] ?? "Memory"),
            Shown("Upload:MaxBytes", Display.Size(uploads.MaxBytes)),
            Shown("Indexing:Workers", Display.Number(indexing.Workers, "0")),
            new SettingRow("Import:Roots", roots.Count > 0 ? string.Join(", ", roots) : null, false, roots.Count > 0),
            Shown("Demo:Enabled", configuration["Demo:Enabled"] ?? "true"),
            Shown("Pages:Enabled", configuration["Pages:Enabled"] ?? "true"),
            Secret("Admin:Email"),
            Secret("Admin:Password"),
            Secret("Telemetry:Prometheus"),
            Secret("OTEL_EXPORTER_OTLP_ENDPOINT"),
            Shown("Logging:Console:FormatterName", configuration["Logging:Console:FormatterName"] ?? "plain"),
        ];

        bool IsSet(string key) => !string.IsNullOrEmpty(configuration[key]);

        SettingRow Shown(string key, string value) => new(key, value, false, IsSet(key));

        SettingRow Named(string key) => new(key, IsSet(key) ? configuration[key] : null, false, IsSet(key));

        SettingRow Secret(string key) => new(key, null, true, IsSet(key));
    }
}
