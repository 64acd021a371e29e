using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using MusicRec.Catalog.Import;
using MusicRec.Catalog.Indexing;
using MusicRec.Genres;

namespace MusicRec.Cli.Commands;

internal static class ImportCommand
{
    private static readonly Argument<string> Folder = new("dir") { Description = "A folder of songs; folders below it are searched too." };
    private static readonly Option<string?> GenreName = new("--genre") { Description = "The genre of all songs, in Korean or English." };
    private static readonly Option<bool> FromFolders = new("--labels-from-folders") { Description = "The genre of a song is the folder of DIR it lies in." };
    private static readonly Option<bool> Index = new("--index") { Description = "Index the new songs at once." };
    private static readonly Option<string?> Data = CatalogHost.DataOption();

    public static Command Create()
    {
        var command = new Command("import", "Bring the songs of a folder into the catalog.") { Folder, GenreName, FromFolders, Index, Data };
        command.Validators.Add(result =>
        {
            if (result.GetValue(GenreName) is not null && result.GetValue(FromFolders))
            {
                result.AddError("--genre and --labels-from-folders exclude each other.");
            }
        });
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var (output, error) = (arguments.InvocationConfiguration.Output, arguments.InvocationConfiguration.Error);
        var folder = Path.GetFullPath(arguments.GetRequiredValue(Folder));
        var files = FilesOf(folder);
        using var host = await CatalogHost.OpenAsync(arguments.GetValue(Data), cancellationToken);
        var given = Genre.LabelOf(arguments.GetValue(GenreName));
        string? LabelOf(string file) => arguments.GetValue(FromFolders) ? SongFolder.LabelOf(folder, file) : given;
        var outcomes = await ImportAsync(host.Services.GetRequiredService<FileImporter>(), files, LabelOf, output, error, cancellationToken);
        WriteSummary(error, outcomes);
        var exitCode = outcomes.ContainsKey(ImportOutcome.Refused) ? 1 : 0;
        if (arguments.GetValue(Index))
        {
            return Math.Max(exitCode, await Reindexing.RunAsync(host, ReindexScope.Stale, output, error, cancellationToken));
        }

        if (outcomes.ContainsKey(ImportOutcome.Added) || outcomes.ContainsKey(ImportOutcome.Changed))
        {
            error.WriteLine("A running server indexes these songs by itself; without one, run 'musicrec reindex'.");
        }

        return exitCode;
    }

    private static void WriteSummary(TextWriter error, Dictionary<ImportOutcome, int> outcomes) => error.WriteLine(
        string.Join(", ", Enum.GetValues<ImportOutcome>().Select(outcome => $"{outcomes.GetValueOrDefault(outcome)} {Describe(outcome)}")));

    private static IReadOnlyList<string> FilesOf(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new CommandException($"There is no folder {folder}.");
        }

        return SongFolder.Songs(folder) is { Count: > 0 } files ? files : throw new CommandException($"No song lies in {folder}.");
    }

    private static async Task<Dictionary<ImportOutcome, int>> ImportAsync(
        FileImporter importer, IReadOnlyList<string> files, Func<string, string?> labelOf, TextWriter output, TextWriter error,
        CancellationToken cancellationToken)
    {
        using var progress = new ProgressLine(error);
        var outcomes = new Dictionary<ImportOutcome, int>();
        void Report(FileImport file)
        {
            outcomes[file.Outcome] = outcomes.GetValueOrDefault(file.Outcome) + 1;
            progress.Clear();
            output.WriteLine($"{Describe(file.Outcome)}\t{file.Path}{(file.Refusal is { } refusal ? $"\t{refusal.Message}" : "")}");
            progress.Report("imported", outcomes.Values.Sum(), files.Count);
        }

        await importer.ImportAsync(files, labelOf, Report, cancellationToken);
        return outcomes;
    }

    private static string Describe(ImportOutcome outcome) => outcome switch
    {
        ImportOutcome.Added => "added",
        ImportOutcome.AlreadyThere => "already there",
        ImportOutcome.Changed => "changed",
        _ => "refused",
    };
}
