using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using MusicRec.Catalog.Backups;

namespace MusicRec.Cli.Commands;

internal static class BackupCommand
{
    private const double Megabyte = 1 << 20;

    private static readonly Option<bool> Audio = new("--audio") { Description = "With the songs' sound; without it a backup is small and holds everything else." };
    private static readonly Option<string?> Out = new("--out") { Description = "Move the backup to this file; else it stays in backups/ of the catalog's folder." };
    private static readonly Option<string?> Data = CatalogHost.DataOption();

    public static Command Create()
    {
        var command = new Command("backup", "Back the catalog up: database, genre models, covers. The program may run meanwhile.") { Audio, Out, Data };
        command.SetAction(RunAsync);
        return command;
    }

    /// <summary>How much of a backup is written or read.</summary>
    public static IProgress<BackupProgress> Progress(ProgressLine line, string verb) => new DirectProgress<BackupProgress>(progress => line.Report(
        progress.DoneBytes == progress.TotalBytes,
        $"{verb} {progress.DoneBytes / Megabyte:F0} of {progress.TotalBytes / Megabyte:F0} MB"));

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var target = arguments.GetValue(Out);
        if (File.Exists(target))
        {
            throw new CommandException($"{target} exists already.");
        }

        using var host = await CatalogHost.OpenExistingAsync(arguments.GetValue(Data), cancellationToken);
        var path = await CreateAsync(host.Services.GetRequiredService<Backups>(), arguments, cancellationToken);
        if (target is not null)
        {
            File.Move(path, target);
            path = target;
        }

        var megabytes = (new FileInfo(path).Length / Megabyte).ToString("F1", CultureInfo.InvariantCulture);
        arguments.InvocationConfiguration.Output.WriteLine($"{Path.GetFullPath(path)}\t{megabytes} MB");
        return 0;
    }

    private static async Task<string> CreateAsync(Backups backups, ParseResult arguments, CancellationToken cancellationToken)
    {
        using var line = new ProgressLine(arguments.InvocationConfiguration.Error);
        try
        {
            return await backups.CreateAsync(arguments.GetValue(Audio), Progress(line, "written"), cancellationToken);
        }
        catch (BackupException exception)
        {
            throw new CommandException(exception.Message);
        }
    }
}
