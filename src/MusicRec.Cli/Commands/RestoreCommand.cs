using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using MusicRec.Catalog.Backups;

namespace MusicRec.Cli.Commands;

internal static class RestoreCommand
{
    private static readonly Argument<FileInfo> Backup = new Argument<FileInfo>("file") { Description = "The backup." }.AcceptExistingOnly();
    private static readonly Option<bool> Force = new("--force") { Description = "Keep the restored catalog even if its model or index cannot be used." };
    private static readonly Option<string?> Data = CatalogHost.DataOption();

    public static Command Create()
    {
        var command = new Command(
            "restore", "Put a backup in the place of the catalog; what was there is kept as a restore point in backups/. The program may run meanwhile.")
        {
            Backup, Force, Data,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using var host = await CatalogHost.OpenAsync(arguments.GetValue(Data), cancellationToken);
        using var line = new ProgressLine(arguments.InvocationConfiguration.Error);
        try
        {
            var path = arguments.GetRequiredValue(Backup).FullName;
            var songs = await host.Services.GetRequiredService<Restorer>().RestoreAsync(
                path, BackupCommand.Progress(line, "read"), cancellationToken, arguments.GetValue(Force));
            arguments.InvocationConfiguration.Output.WriteLine($"{songs} songs restored");
            return 0;
        }
        catch (BackupException exception)
        {
            throw new CommandException(exception.Problem == BackupProblem.PutBack ? $"{exception.Message} --force keeps such a catalog." : exception.Message);
        }
    }
}
