namespace MusicRec.Audio.Decoding;

/// <summary>Tells what a file is by its first bytes.</summary>
internal static class FileSignature
{
    /// <summary>Bytes that are looked at.</summary>
    public const int Length = 12;

    /// <summary>The audio format that begins like this; null if none does.</summary>
    public static AudioFormat? FormatOf(ReadOnlySpan<byte> start) => start switch
    {
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'A', (byte)'V', (byte)'E', ..] => AudioFormat.Wav,
        [(byte)'R', (byte)'F', (byte)'6', (byte)'4', _, _, _, _, (byte)'W', (byte)'A', (byte)'V', (byte)'E', ..] => AudioFormat.Wav,
        [(byte)'B', (byte)'W', (byte)'6', (byte)'4', _, _, _, _, (byte)'W', (byte)'A', (byte)'V', (byte)'E', ..] => AudioFormat.Wav,
        [(byte)'f', (byte)'L', (byte)'a', (byte)'C', ..] => AudioFormat.Flac,
        [(byte)'O', (byte)'g', (byte)'g', (byte)'S', ..] => AudioFormat.Ogg,
        [(byte)'F', (byte)'O', (byte)'R', (byte)'M', _, _, _, _, (byte)'A', (byte)'I', (byte)'F', (byte)'F' or (byte)'C', ..] => AudioFormat.Aiff,
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => AudioFormat.Mp4,
        [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11, ..] => AudioFormat.Wma,
        [0x1A, 0x45, 0xDF, 0xA3, ..] => AudioFormat.Matroska,
        [(byte)'c', (byte)'a', (byte)'f', (byte)'f', ..] => AudioFormat.Caf,
        [(byte)'M', (byte)'A', (byte)'C', (byte)' ', ..] => AudioFormat.Ape,
        [(byte)'w', (byte)'v', (byte)'p', (byte)'k', ..] => AudioFormat.WavPack,
        [(byte)'T', (byte)'T', (byte)'A', (byte)'1', ..] => AudioFormat.TrueAudio,
        [(byte)'M', (byte)'P', (byte)'C', (byte)'K', ..] => AudioFormat.Musepack,
        [0xFF, 0xF0 or 0xF1 or 0xF8 or 0xF9, ..] => AudioFormat.Aac,
        [0xFF, var version, var rate, ..] when IsMp3(version, rate) => AudioFormat.Mp3,
        _ => null,
    };

    /// <summary>A name for what is not read, so that a message can say more than "unknown".</summary>
    public static string Describe(ReadOnlySpan<byte> start) => start switch
    {
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', ..] => "RIFF without WAVE",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'X', ..] => "big-endian WAV (RIFX)",
        [(byte)'I', (byte)'D', (byte)'3', ..] => "tags without sound",
        [(byte)'P', (byte)'K', 3, 4, ..] => "ZIP",
        [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] => "PDF",
        [(byte)'M', (byte)'Z', ..] => "a Windows program",
        [0x7F, (byte)'E', (byte)'L', (byte)'F', ..] => "a Linux program",
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => "PNG",
        [0xFF, 0xD8, ..] => "JPEG",
        [(byte)'M', (byte)'T', (byte)'h', (byte)'d', ..] => "MIDI",
        [(byte)'#', (byte)'E', (byte)'X', (byte)'T', (byte)'M', (byte)'3', (byte)'U', ..] => "a playlist",
        [(byte)'[', (byte)'p', (byte)'l', (byte)'a', (byte)'y', (byte)'l', (byte)'i', (byte)'s', (byte)'t', ..] => "a playlist",
        [(byte)'<', ..] => "HTML or XML",
        _ when start.IndexOfAnyExceptInRange((byte)9, (byte)126) < 0 => "text",
        _ => "an unknown format",
    };

    /// <summary>
    /// The header of an MPEG audio frame, layer II or III: a version, a bit rate and a sample rate that exist. Layer I is left
    /// out, as its header is also how UTF-16 text begins.
    /// </summary>
    private static bool IsMp3(byte version, byte rate) =>
        version >= 0xE0 && (version & 0x18) != 0x08 && (version & 0x06) is 0x02 or 0x04 && rate >> 4 is > 0 and < 15 && (rate & 0x0C) != 0x0C;
}
