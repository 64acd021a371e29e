namespace MusicRec.Audio.Decoding;

/// <summary>Names what a file is by its first bytes, so that a message can say more than "unknown".</summary>
internal static class FileSignature
{
    /// <summary>A name such as <c>MP3</c>; <c>an unknown format</c> if the bytes say nothing.</summary>
    public static string Describe(ReadOnlySpan<byte> start) => start switch
    {
        [(byte)'I', (byte)'D', (byte)'3', ..] => "MP3",
        [0xFF, 0xF1 or 0xF9, ..] => "AAC",
        [0xFF, >= 0xE0, ..] => "MP3",
        [(byte)'f', (byte)'L', (byte)'a', (byte)'C', ..] => "FLAC",
        [(byte)'O', (byte)'g', (byte)'g', (byte)'S', ..] => "Ogg",
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => "M4A/MP4",
        [(byte)'F', (byte)'O', (byte)'R', (byte)'M', ..] => "AIFF",
        [0x30, 0x26, 0xB2, 0x75, ..] => "WMA",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', ..] => "RIFF without WAVE",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'X', ..] => "big-endian WAV (RIFX)",
        [(byte)'P', (byte)'K', 3, 4, ..] => "ZIP",
        [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] => "PDF",
        [(byte)'M', (byte)'Z', ..] => "a Windows program",
        [0x7F, (byte)'E', (byte)'L', (byte)'F', ..] => "a Linux program",
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => "PNG",
        [0xFF, 0xD8, ..] => "JPEG",
        [(byte)'<', ..] => "HTML or XML",
        _ when start.IndexOfAnyExceptInRange((byte)9, (byte)126) < 0 => "text",
        _ => "an unknown format",
    };
}
