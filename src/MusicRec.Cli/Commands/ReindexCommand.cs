using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using MusicRec.Catalog.Indexing;

namespace MusicRec.Cli.Commands;

internal static class ReindexCommand
{
    private static readonly Option<bool> All = new("--all") { Description = "Decode every song again, not only the stale ones." };
    private static readonly Option<bool> Cancel = new("--cancel") { Description = "Give up the run under way; what is done stays done." };
    private static readonly Option<string?> Data = CatalogHost.DataOption();

    public static Command Create()
    {
        var command = new Command("reindex", "Index the catalog's songs in this process. Ctrl+C stops; the next reindex goes on from there.")
        {
            All, Cancel, Data,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(All) && result.GetValue(Cancel))
            {
                result.AddError("--all and --cancel exclude each other.");
            }
        });
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using var host = await CatalogHost.OpenExistingAsync(arguments.GetValue(Data), cancellationToken);
        var (output, error) = (arguments.InvocationConfiguration.Output, arguments.InvocationConfiguration.Error);
        if (arguments.GetValue(Cancel))
        {
            var cancelled = await host.Services.GetRequiredService<IndexRuns>().CancelAsync(cancellationToken);
            output.WriteLine(cancelled ? "The run is cancelled." : "No run is under way.");
            return 0;
        }

        var scope = arguments.GetValue(All) ? ReindexScope.All : ReindexScope.Stale;
        return await Reindexing.RunAsync(host, scope, output, error, cancellationToken);
    }
}
