using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using MusicRec.Catalog.Import;
using MusicRec.Catalog.Indexing;
using MusicRec.Catalog.Uploads;
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
        var folder = arguments.GetRequiredValue(Folder);
        var files = FilesOf(folder);
        using var host = await CatalogHost.OpenAsync(arguments.GetValue(Data), cancellationToken);
        var importer = host.Services.GetRequiredService<SongImporter>();
        var outcomes = new Dictionary<ImportOutcome, int>();
        foreach (var file in files)
        {
            var label = arguments.GetValue(FromFolders) ? FolderLabel(folder, file) : Genre.LabelOf(arguments.GetValue(GenreName));
            var (outcome, why) = await ImportAsync(importer, file, label, cancellationToken);
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
            output.WriteLine($"{Describe(outcome)}\t{file}{(why is null ? "" : $"\t{why}")}");
        }

        WriteSummary(error, outcomes);
        var exitCode = outcomes.ContainsKey(ImportOutcome.Refused) ? 1 : 0;
        if (arguments.GetValue(Index))
        {
            return Math.Max(exitCode, await Reindexing.RunAsync(host, ReindexScope.Stale, output, error, cancellationToken));
        }

        if (outcomes.ContainsKey(ImportOutcome.Added))
        {
            error.WriteLine("A running server indexes the new songs by itself; without one, run 'musicrec reindex'.");
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

        return SongFiles.InFolder(folder) is { Count: > 0 } files ? files : throw new CommandException($"No song file lies in {folder}.");
    }

    private static async Task<(ImportOutcome Outcome, string? Why)> ImportAsync(
        SongImporter importer, string file, string? label, CancellationToken cancellationToken)
    {
        try
        {
            await using var content = File.OpenRead(file);
            var result = await importer.ImportAsync(content, Path.GetFileName(file), label, cancellationToken);
            return (result.Outcome, result.Refusal?.Message);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FileTooLargeException)
        {
            return (ImportOutcome.Refused, exception.Message);
        }
    }

    private static string? FolderLabel(string folder, string file) =>
        Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar) is [var first, _, ..] ? Genre.LabelOf(first) : null;

    private static string Describe(ImportOutcome outcome) => outcome switch
    {
        ImportOutcome.Added => "added",
        ImportOutcome.AlreadyThere => "already there",
        _ => "refused",
    };
}
