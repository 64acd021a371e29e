using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace MusicRec.Web.Startup;

/// <summary>
/// The console's log for people. Unlike the framework's own it lets nothing in a message begin a line: the framework logs addresses
/// as visitors sent them, line breaks included. For programs, <c>Logging:Console:FormatterName=json</c> has the framework's JSON, which
/// escapes them as well.
/// </summary>
internal sealed class PlainConsole(IOptionsMonitor<ConsoleFormatterOptions> options, TimeProvider time) : ConsoleFormatter(FormatName)
{
    private const string FormatName = "plain";
    private const string Indent = "      ";

    public static void Register(ILoggingBuilder logging)
    {
        logging.AddConsoleFormatter<PlainConsole, ConsoleFormatterOptions>();
        logging.Services.PostConfigure<ConsoleLoggerOptions>(console => console.FormatterName ??= FormatName);
    }

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        if (options.CurrentValue.TimestampFormat is { } format)
        {
            textWriter.Write(time.GetUtcNow().ToString(format, System.Globalization.CultureInfo.InvariantCulture));
        }

        textWriter.WriteLine($"{Word(logEntry.LogLevel)}: {logEntry.Category}[{logEntry.EventId.Id}]");
        textWriter.WriteLine(Indent + OnOneLine(logEntry.Formatter(logEntry.State, logEntry.Exception)));
        foreach (var line in logEntry.Exception?.ToString().Split('\n') ?? [])
        {
            textWriter.WriteLine(Indent + OnOneLine(line.TrimEnd('\r')));
        }
    }

    private static string OnOneLine(string text) => text.Any(char.IsControl)
        ? string.Concat(text.Select(character => char.IsControl(character) ? $"\\u{(int)character:x4}" : character.ToString()))
        : text;

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}
