namespace MusicRec.Catalog.Tags;

/// <summary>A file whose tags are read: any part, but never more bytes or pieces in all than an honest file needs.</summary>
internal sealed class TagInput(Stream stream)
{
    private const long MostBytes = 48 << 20;
    private const int MostPieces = 20_000;

    private long _bytesLeft = MostBytes;
    private int _piecesLeft = MostPieces;

    public long Length { get; } = stream.Length;

    /// <summary>Reads a part of the file.</summary>
    /// <exception cref="InvalidDataException">The file does not have the part, or too much was read of it.</exception>
    public byte[] Read(long position, long count)
    {
        _bytesLeft -= count;
        if (position < 0 || count < 0 || count > Length - position || _bytesLeft < 0 || --_piecesLeft < 0)
        {
            throw new InvalidDataException();
        }

        var bytes = new byte[count];
        stream.Position = position;
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>As <see cref="Read"/>, but what the file has if it ends before.</summary>
    public byte[] ReadAtMost(long position, long count) => Read(position, Math.Clamp(Length - position, 0, count));
}
