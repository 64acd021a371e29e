namespace MusicRec.Catalog.Tags;

/// <summary>The metadata blocks of FLAC.</summary>
internal static class FlacTags
{
    public const int Comments = 4;

    private const int Picture = 6;
    private const int HeaderBytes = 4;

    /// <param name="input">The file.</param>
    /// <param name="position">Of the first block, after <c>fLaC</c>.</param>
    /// <param name="found">Takes what is found.</param>
    public static void Read(TagInput input, long position, FoundTags found)
    {
        for (var isLast = false; !isLast;)
        {
            var header = input.Read(position, HeaderBytes);
            isLast = (header[0] & 0x80) != 0;
            var size = (header[1] << 16) | (header[2] << 8) | header[3];
            ReadBlock(header[0] & 0x7F, input, position + HeaderBytes, size, found);
            position += HeaderBytes + size;
        }
    }

    private static void ReadBlock(int type, TagInput input, long position, int size, FoundTags found)
    {
        if (type == Comments)
        {
            VorbisComments.Read(input.Read(position, size), found);
        }
        else if (type == Picture)
        {
            VorbisComments.ReadPicture(input.Read(position, size), found);
        }
    }
}
