namespace MusicRec.Catalog.Tags;

/// <summary>A picture from tags, as it is stored.</summary>
/// <param name="Kind">By its first bytes; what the tag says of it does not count.</param>
/// <param name="Bytes">The file.</param>
internal sealed record CoverPicture(ImageKind Kind, byte[] Bytes)
{
    /// <summary>Larger pictures are not kept.</summary>
    public const int MaxBytes = 5 << 20;

    /// <summary>The picture, if it is of a kind and size that is kept; else null.</summary>
    public static CoverPicture? Of(ReadOnlySpan<byte> bytes) =>
        bytes.Length <= MaxBytes && KindOf(bytes) is { } kind ? new CoverPicture(kind, bytes.ToArray()) : null;

    private static ImageKind? KindOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
        {
            return ImageKind.Jpeg;
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n']))
        {
            return ImageKind.Png;
        }

        return bytes.Length >= 12 && bytes.StartsWith("RIFF"u8) && bytes[8..12].SequenceEqual("WEBP"u8) ? ImageKind.WebP : null;
    }
}
