using System.Data.Common;
using Microsoft.Extensions.Options;
using MusicRec.Catalog.Files;

namespace MusicRec.Web.Startup;

/// <summary>A setting with which the program cannot start; the message names the setting and what to do.</summary>
public sealed class ConfigurationException(string message) : Exception(message);

/// <summary>Says in one line why the program cannot start, when the cause is its surroundings and not a fault of its own.</summary>
public static class StartProblem
{
    /// <summary>The line to print, or null for a fault of the program, whose stack trace is wanted.</summary>
    public static string? Explain(Exception exception) => exception switch
    {
        ConfigurationException => Line("Configuration", exception.Message),
        OptionsValidationException options => Line("Configuration", string.Join("; ", options.Failures)),
        InvalidDataException or FormatException => Line("Configuration", exception.Message),
        AudioStorageException => Line("Storage", exception.Message),
        IOException or UnauthorizedAccessException => Line("Storage or address", exception.Message),
        DbException => Line("Database", exception.Message),
        // Thrown by CatalogDatabase for a database of a newer program, and by the binder for a value of the wrong type.
        InvalidOperationException { TargetSite.DeclaringType.Namespace: { } source } when IsOurs(source) => Line("Configuration", exception.Message),
        _ => null,
    };

    private static bool IsOurs(string source) =>
        source.StartsWith("MusicRec.Catalog", StringComparison.Ordinal) || source.StartsWith("Microsoft.Extensions.Configuration", StringComparison.Ordinal);

    private static string Line(string what, string message) =>
        $"MusicRec cannot start. {what}: {message.ReplaceLineEndings(" ")}";
}
