using System.Security.Cryptography;
using System.Text;

namespace MusicRec.Catalog.Import;

/// <summary>A file of the server that was imported: unchanged, it need not be read again. Goes with its song.</summary>
internal sealed class ImportedFile
{
    private ImportedFile()
    {
    }

    public ImportedFile(string path) => PathHash = HashOf(path);

    /// <summary>SHA-256 of the full path: a key of one length, whatever paths a system allows.</summary>
    public string PathHash { get; private set; } = "";

    /// <summary>Bytes of the file when it was read.</summary>
    public long Size { get; private set; }

    /// <summary>When the file was last written, UTC, as it was when it was read.</summary>
    public DateTimeOffset ModifiedAt { get; private set; }

    /// <summary>The song that has the file's bytes.</summary>
    public Guid SongId { get; private set; }

    public static string HashOf(string path) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)));

    /// <summary>Whether the file looks as it did when it was read.</summary>
    public bool IsLike(FileInfo file) => Size == file.Length && ModifiedAt.ToUnixTimeMilliseconds() == ModifiedOf(file).ToUnixTimeMilliseconds();

    public void Remember(long size, DateTimeOffset modifiedAt, Guid songId) => (Size, ModifiedAt, SongId) = (size, modifiedAt, songId);

    public static DateTimeOffset ModifiedOf(FileInfo file) => new(file.LastWriteTimeUtc);
}
