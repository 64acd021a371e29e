namespace MusicRec.Catalog.Tags;

/// <summary>
/// Reads title, artist, album and cover from the tags of WAV, AIFF, MP3, FLAC, Ogg Vorbis, Opus and MP4 files. Tags are no reason
/// to refuse a song: what cannot be read is passed over, however the file is made.
/// </summary>
internal static class TagReader
{
    private const int SignatureBytes = 12;

    /// <summary>Reads the tags; the position of the stream is anywhere afterwards.</summary>
    /// <param name="song">The whole file, seekable.</param>
    /// <exception cref="IOException">The disk fails.</exception>
    public static SongTags Read(Stream song)
    {
        var input = new TagInput(song);
        var found = new FoundTags();
        Try(() => ReadByFormat(input, input.ReadAtMost(0, SignatureBytes), found));
        return found.Tags;
    }

    private static void ReadByFormat(TagInput input, byte[] signature, FoundTags found)
    {
        switch (signature)
        {
            case [(byte)'R', (byte)'I', (byte)'F', (byte)'F', ..] or [(byte)'R', (byte)'F', (byte)'6', (byte)'4', ..] or [(byte)'B', (byte)'W', (byte)'6', (byte)'4', ..]:
                ChunkTags.ReadWav(input, found);
                break;
            case [(byte)'F', (byte)'O', (byte)'R', (byte)'M', ..]:
                ChunkTags.ReadAiff(input, found);
                break;
            case [(byte)'O', (byte)'g', (byte)'g', (byte)'S', ..]:
                OggTags.Read(input, found);
                break;
            case [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..]:
                Mp4Tags.Read(input, found);
                break;
            default:
                ReadBare(input, found);
                break;
        }
    }

    /// <summary>MP3 and FLAC, which begin with sound or with ID3.</summary>
    private static void ReadBare(TagInput input, FoundTags found)
    {
        long start = 0;
        Try(() => start = Id3v2.Read(input, 0, found));
        if (input.ReadAtMost(start, 4).AsSpan().SequenceEqual("fLaC"u8))
        {
            FlacTags.Read(input, start + 4, found);
        }
        else
        {
            Id3v1.Read(input, found);
        }
    }

    private static void Try(Action read)
    {
        try
        {
            read();
        }
        catch (InvalidDataException)
        {
            // What was found before counts.
        }
    }
}
