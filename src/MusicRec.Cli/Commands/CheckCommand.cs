using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using MusicRec.Catalog.Files;

namespace MusicRec.Cli.Commands;

internal static class CheckCommand
{
    private static readonly Option<bool> DeleteOrphans = new("--delete-orphans")
    {
        Description = "Delete the songs without file and the files without song that are found, unless they are more than half.",
    };

    private static readonly Option<string?> Data = CatalogHost.DataOption();

    public static Command Create()
    {
        var command = new Command("check", "Find songs whose file is gone and files that belong to no song.") { DeleteOrphans, Data };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var (output, error) = (arguments.InvocationConfiguration.Output, arguments.InvocationConfiguration.Error);
        using var host = await CatalogHost.OpenExistingAsync(arguments.GetValue(Data), cancellationToken);
        var stored = host.Services.GetRequiredService<StoredSongs>();
        var orphans = await stored.FindOrphansAsync(cancellationToken);
        Write(output, orphans);
        error.WriteLine(
            $"{orphans.Songs} songs, {orphans.SongsWithoutFile.Count} of them without file; {orphans.Files} files, {orphans.FilesWithoutSong.Count} of them without song.");
        if (orphans.IsEmpty || !arguments.GetValue(DeleteOrphans))
        {
            return orphans.IsEmpty ? 0 : 1;
        }

        await stored.DeleteAsync(orphans, cancellationToken);
        error.WriteLine("They are deleted.");
        return 0;
    }

    private static void Write(TextWriter output, Orphans orphans)
    {
        foreach (var song in orphans.SongsWithoutFile)
        {
            output.WriteLine($"song without file\t{song.Id}\t{song.Artist}\t{song.Title}");
        }

        foreach (var path in orphans.FilesWithoutSong)
        {
            output.WriteLine($"file without song\t{path}");
        }
    }
}
