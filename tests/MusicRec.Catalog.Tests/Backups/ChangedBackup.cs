using System.IO.Compression;
using Microsoft.EntityFrameworkCore;
using MusicRec.Catalog.Backups;

namespace MusicRec.Catalog.Tests.Backups;

/// <summary>Changes what a backup holds, so that its hashes are right all the same.</summary>
internal static class ChangedBackup
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static Task ChangeDatabaseAsync(string backup, string sql) => ChangeAsync(backup, BackupManifest.Database, async path =>
    {
        await using var context = RestoredDatabase.Open(path);
        await context.Database.ExecuteSqlRawAsync(sql, Stop);
    });

    /// <summary>Changes a file of the backup, or adds it.</summary>
    public static async Task ChangeAsync(string backup, string name, Func<string, Task> changeAsync)
    {
        var folder = Directory.CreateTempSubdirectory("musicrec-test-");
        var path = Path.Combine(folder.FullName, "file");
        await using (var archive = await ZipFile.OpenAsync(backup, ZipArchiveMode.Update, Stop))
        {
            var manifest = await BackupArchive.ReadManifestAsync(archive, Stop);
            if (archive.GetEntry(name) is { } entry)
            {
                await entry.ExtractToFileAsync(path, Stop);
                entry.Delete();
            }

            await changeAsync(path);
            archive.GetEntry(BackupManifest.Name)!.Delete();
            var changed = await BackupArchive.AddAsync(archive, BackupSource.Of(name, new FileInfo(path)), new Progress<long>(), Stop);
            await using var json = await archive.CreateEntry(BackupManifest.Name).OpenAsync(Stop);
            (manifest with { Files = [changed!, .. manifest.Files.Where(file => file.Name != name)] }).Write(json);
        }

        folder.Delete(recursive: true);
    }
}
