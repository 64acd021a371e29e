using MusicRec.Catalog.Tags;

namespace MusicRec.Catalog.Files;

/// <summary>The covers on disk, named after their songs.</summary>
public sealed class CoverFiles(StorageFolder storage)
{
    /// <summary>Stores a cover, instead of an old one; without a picture there is none afterwards.</summary>
    internal async Task SetAsync(Guid songId, CoverPicture? picture, CancellationToken cancellationToken)
    {
        if (picture is null)
        {
            Delete(songId);
            return;
        }

        var incoming = Path.Combine(storage.Incoming, $"{Guid.NewGuid():N}.part");
        try
        {
            await File.WriteAllBytesAsync(incoming, picture.Bytes, cancellationToken);
            FlushedFile.Move(incoming, PathOf(songId), overwrite: true);
        }
        finally
        {
            File.Delete(incoming);
        }
    }

    internal FileStream? Open(Guid songId) => FolderAudio.OpenFile(PathOf(songId));

    internal void Delete(Guid songId) => File.Delete(PathOf(songId));

    private string PathOf(Guid songId) => Path.Combine(storage.Covers, $"{songId:N}");
}
