namespace MusicRec.Audio.Decoding;

/// <summary>A kind of audio file that is read, recognised by its first bytes.</summary>
public sealed class AudioFormat
{
    /// <summary>RIFF, RF64 and BW64; read by this library.</summary>
    public static readonly AudioFormat Wav = new("WAV", "audio/wav", "wav", false);

    internal static readonly AudioFormat Flac = new("FLAC", "audio/flac", "flac", true);
    internal static readonly AudioFormat Mp3 = new("MP3", "audio/mpeg", "mp3", true);
    internal static readonly AudioFormat Ogg = new("Ogg", "audio/ogg", "ogg", true);
    internal static readonly AudioFormat Aiff = new("AIFF", "audio/aiff", "aiff", true);
    internal static readonly AudioFormat Mp4 = new("M4A/MP4", "audio/mp4", "mov", false);
    internal static readonly AudioFormat Aac = new("AAC", "audio/aac", "aac", false);
    internal static readonly AudioFormat Wma = new("WMA", "audio/x-ms-wma", "asf", false);
    internal static readonly AudioFormat Matroska = new("Matroska/WebM", "audio/webm", "matroska", false);
    internal static readonly AudioFormat Caf = new("CAF", "audio/x-caf", "caf", false);
    internal static readonly AudioFormat Ape = new("Monkey's Audio", "audio/x-ape", "ape", false);
    internal static readonly AudioFormat WavPack = new("WavPack", "audio/x-wavpack", "wv", false);
    internal static readonly AudioFormat TrueAudio = new("True Audio", "audio/x-tta", "tta", false);
    internal static readonly AudioFormat Musepack = new("Musepack", "audio/x-musepack", "mpc8", false);

    /// <summary>
    /// Endings of names, with their dot, that files of these formats usually have: to look for songs in a folder, never to
    /// judge what a file is. Formats that mostly hold films are left out.
    /// </summary>
    public static readonly IReadOnlyList<string> FileExtensions =
    [
        ".wav", ".wave", ".flac", ".mp3", ".ogg", ".oga", ".opus", ".aif", ".aiff", ".aifc", ".m4a", ".m4b", ".aac", ".wma", ".mka", ".caf",
        ".ape", ".wv", ".tta", ".mpc",
    ];

    private const int Id3HeaderLength = 10;

    /// <summary>Files have been seen with two tags before the sound; more is no song.</summary>
    private const int MaxTags = 4;

    private AudioFormat(string name, string mediaType, string demuxer, bool readBySndFile)
    {
        (Name, MediaType, Demuxer, ReadBySndFile) = (name, mediaType, demuxer, readBySndFile);
    }

    /// <summary>The format as a person names it, e.g. <c>FLAC</c>.</summary>
    public string Name { get; }

    /// <summary>What a browser is told when it plays the file.</summary>
    public string MediaType { get; }

    /// <summary>ffmpeg's name of the format. It is told, not left to guess: a playlist in disguise is not opened.</summary>
    internal string Demuxer { get; }

    /// <summary>Whether libsndfile comes first; ffmpeg where it is missing or cannot read the file.</summary>
    internal bool ReadBySndFile { get; }

    /// <summary>Recognises a file by its first bytes, behind any ID3 tags, and goes back to them.</summary>
    /// <param name="audio">The file from the current position; seekable.</param>
    /// <returns>The format, or null if it is none that is read.</returns>
    public static AudioFormat? Recognize(Stream audio)
    {
        var start = audio.Position;
        try
        {
            Span<byte> bytes = stackalloc byte[FileSignature.Length];
            for (var tag = 0; tag <= MaxTags; tag++)
            {
                var found = bytes[..audio.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
                if (!found.StartsWith("ID3"u8) || found.Length < Id3HeaderLength)
                {
                    return FileSignature.FormatOf(found) ?? (tag > 0 ? Mp3 : null);
                }

                audio.Position = Math.Min(audio.Length, audio.Position - found.Length + Id3Length(found));
            }

            return null;
        }
        finally
        {
            audio.Position = start;
        }
    }

    /// <summary>The bytes of an ID3v2 tag: four times seven bits, and a footer if the flags say so.</summary>
    private static int Id3Length(ReadOnlySpan<byte> header)
    {
        var content = (header[6] & 0x7F) << 21 | (header[7] & 0x7F) << 14 | (header[8] & 0x7F) << 7 | header[9] & 0x7F;
        return Id3HeaderLength + content + ((header[5] & 0x10) != 0 ? Id3HeaderLength : 0);
    }
}
