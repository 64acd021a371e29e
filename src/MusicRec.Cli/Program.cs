using System.CommandLine;
using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;
using MusicRec.Audio.Decoding;
using MusicRec.Catalog.Files;
using MusicRec.Cli.Commands;

namespace MusicRec.Cli;

internal static class Program
{
    private const int Failure = 1;
    private const int WrongUsage = 2;

    /// <summary>After Ctrl+C a command has so long to finish the song in hand.</summary>
    private static readonly TimeSpan TerminationTimeout = TimeSpan.FromSeconds(30);

    private static readonly RootCommand Root = new("Features, genres and neighbours of songs; the catalog without a browser.")
    {
        FeaturesCommand.Create(),
        DatasetCommand.Create(),
        TrainCommand.Create(),
        EvaluateCommand.Create(),
        PredictCommand.Create(),
        SimilarCommand.Create(),
        ImportCommand.Create(),
        ReindexCommand.Create(),
        BackupCommand.Create(),
        RestoreCommand.Create(),
        CheckCommand.Create(),
        DemoCommand.Create(),
        DemoModelCommand.Create(),
        BenchCommand.Create(),
    };

    public static Task<int> Main(string[] args)
    {
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return RunAsync(args, Console.Out, Console.Error);
    }

    internal static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellationToken = default)
    {
        // Numbers on the command line, in tables and in messages mean the same everywhere.
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;

        // A song may be called @home.wav: no response files.
        var parsed = Root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            var command = parsed.CommandResult.Command is RootCommand ? "" : $" {parsed.CommandResult.Command.Name}";
            error.WriteLine($"musicrec{command}: {string.Join(" ", parsed.Errors.Select(problem => OneLine(problem.Message)))} See 'musicrec{command} --help'.");
            return WrongUsage;
        }

        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration
                {
                    Output = output,
                    Error = error,
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = TerminationTimeout,
                },
                cancellationToken);
        }
        catch (OperationCanceledException)
        {
            error.WriteLine("musicrec: cancelled.");
            return Failure;
        }
        catch (Exception exception)
        {
            // Each thread of a command brings its own; the first says enough.
            var first = exception is AggregateException { InnerException: { } inner } ? inner : exception;
            error.WriteLine(IsForTheUser(first) ? $"musicrec: {OneLine(first.Message)}" : $"musicrec: unexpected error: {exception}");
            return Failure;
        }
    }

    /// <summary>Something the user can put right; everything else is a fault of the program and keeps its stack trace.</summary>
    private static bool IsForTheUser(Exception exception) =>
        exception is CommandException or AudioFormatException or InvalidDataException or IOException or UnauthorizedAccessException
            or DbException or OptionsValidationException or StorageFullException or AudioStorageException or CheckRefusedException;

    private static string OneLine(string message) => message.ReplaceLineEndings(" ").Trim();
}
