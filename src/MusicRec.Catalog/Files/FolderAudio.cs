namespace MusicRec.Catalog.Files;

/// <summary>Sound in the storage folder, which several processes may share.</summary>
internal sealed class FolderAudio(StorageFolder storage) : AudioStore
{
    /// <summary>Opens a file for reading; null if it is missing.</summary>
    public static FileStream? OpenFile(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1, FileOptions.Asynchronous);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The folder is made at the start; the health check writes to it.</summary>
    public override Task CheckAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    internal override Task PutAsync(string path, string name, CancellationToken cancellationToken)
    {
        if (name.StartsWith(Uploads, StringComparison.Ordinal))
        {
            // A visitor waits, so the disk is not waited for. If the power fails meanwhile the file may be damaged; the next with these bytes takes its place.
            File.Move(path, PathOf(name), overwrite: true);
        }
        else if (!File.Exists(PathOf(name)))
        {
            FlushedFile.Move(path, PathOf(name));
        }

        return Task.CompletedTask;
    }

    internal override Task ReplaceAsync(string path, string name, CancellationToken cancellationToken)
    {
        if (File.Exists(path))
        {
            FlushedFile.Move(path, PathOf(name), overwrite: true);
        }

        return Task.CompletedTask;
    }

    internal override Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken) => Task.FromResult<Stream?>(OpenFile(PathOf(name)));

    internal override Task<FileStream?> OpenForDecodingAsync(string name, CancellationToken cancellationToken) => Task.FromResult(OpenFile(PathOf(name)));

    internal override Task<bool> ExistsAsync(string name, CancellationToken cancellationToken) => Task.FromResult(File.Exists(PathOf(name)));

    internal override Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        File.Delete(PathOf(name));
        return Task.CompletedTask;
    }

    internal override IAsyncEnumerable<StoredAudio> ListAsync(string beginning, CancellationToken cancellationToken)
    {
        var folder = new DirectoryInfo(PathOf(beginning));
        return folder.Exists
            ? folder.EnumerateFiles().Select(file => new StoredAudio(beginning + file.Name, file.FullName, LengthOf(file), file.LastWriteTimeUtc)).ToAsyncEnumerable()
            : AsyncEnumerable.Empty<StoredAudio>();
    }

    private string PathOf(string name) => Path.Combine(storage.Root, name);

    /// <summary>A file may go while it is listed.</summary>
    private static long LengthOf(FileInfo file)
    {
        try
        {
            return file.Length;
        }
        catch (FileNotFoundException)
        {
            return 0;
        }
    }
}
