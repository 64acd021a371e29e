using System.CommandLine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using MusicRec.Catalog;

namespace MusicRec.Cli;

/// <summary>The catalog and its background work inside this process; work begins when the host is started.</summary>
internal static class CatalogHost
{
    private const string StorageVariable = "Storage__Path";

    public static Option<string?> DataOption() => new("--data")
    {
        Description = $"The catalog's folder [default: {StorageVariable}, else that of the web program's source tree, else ./data].",
    };

    /// <summary>Opens the catalog of a folder, making it if it is new.</summary>
    /// <param name="data">The folder, or null to find it.</param>
    /// <param name="cancellationToken">Stops the preparation.</param>
    /// <exception cref="CommandException">A setting is wrong, or the database was made by a newer program.</exception>
    public static async Task<IHost> OpenAsync(string? data, CancellationToken cancellationToken)
    {
        try
        {
            var host = Build(FolderOf(data));
            await host.Services.GetRequiredService<CatalogDatabase>().PrepareAsync(cancellationToken);
            return host;
        }
        catch (InvalidOperationException exception)
        {
            throw new CommandException(exception.Message);
        }
    }

    /// <summary>Opens a catalog that is there; a folder that was mistyped does not become one.</summary>
    /// <param name="data">The folder, or null to find it.</param>
    /// <param name="cancellationToken">Stops the preparation.</param>
    /// <exception cref="CommandException">The folder does not exist, and what <see cref="OpenAsync"/> throws.</exception>
    public static Task<IHost> OpenExistingAsync(string? data, CancellationToken cancellationToken)
    {
        var folder = FolderOf(data);
        return Directory.Exists(folder)
            ? OpenAsync(folder, cancellationToken)
            : throw new CommandException($"There is no catalog in {folder}. --data names another folder; 'musicrec import' makes a new catalog.");
    }

    private static string FolderOf(string? data) =>
        FolderOf(data, Environment.GetEnvironmentVariable(StorageVariable), Directory.GetCurrentDirectory());

    /// <summary>The folder meant: the one given, that of the environment, the web program's own when run in its source tree, ./data.</summary>
    internal static string FolderOf(string? data, string? variable, string current)
    {
        var folder = data ?? (string.IsNullOrEmpty(variable) ? null : variable) ?? SourceTreeFolder(current) ?? "data";
        return Path.GetFullPath(folder, current);
    }

    private static string? SourceTreeFolder(string current)
    {
        var folder = new DirectoryInfo(current);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "MusicRec.sln")))
        {
            folder = folder.Parent;
        }

        return folder is null ? null : Path.Combine(folder.FullName, "src", "MusicRec.Web", "data");
    }

    private static IHost Build(string folder)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddEnvironmentVariables();
        builder.Configuration.AddInMemoryCollection([new("Storage:Path", folder), new("Demo:Enabled", "false")]);
        builder.Services.AddCatalog(builder.Configuration, folder);
        builder.Services.AddCatalogWorkers();
        builder.Services.Configure<ConsoleLifetimeOptions>(options => options.SuppressStatusMessages = true);
        LogToStandardError(builder.Logging);
        return builder.Build();
    }

    /// <summary>Standard output carries results only.</summary>
    private static void LogToStandardError(ILoggingBuilder logging)
    {
        logging.SetMinimumLevel(LogLevel.Warning);
        logging.AddSimpleConsole(options => options.SingleLine = true);
        logging.Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
