using System.Text;

namespace MusicRec.Catalog.Tags;

/// <summary>
/// Korean that was read as Western: many tags hold bytes of code page 949 (or UTF-8) and are read as Latin-1, so that 사랑 shows
/// as "»ç¶û". Repaired only where the bytes are beyond doubt Korean: "Björk" and "CORAÇÃO" stay as they are.
/// </summary>
internal static class MojibakeRepair
{
    private const int HighBytes = 0x80;

    private static readonly Encoding Western = Of(1252);
    private static readonly Encoding Korean = Of(949);
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>What Windows has where Latin-1 has control characters: "’" is 0x92.</summary>
    private static readonly Dictionary<char, byte> WindowsLetters = Enumerable.Range(0x80, 0x20)
        .Select(value => (Byte: (byte)value, Letter: WesternLetter((byte)value)))
        .Where(pair => pair.Letter > 0xFF)
        .ToDictionary(pair => pair.Letter, pair => pair.Byte);

    /// <summary>Bytes whose encoding nobody tells: UTF-8 if they are, Korean if they are, else Western.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.ContainsAnyInRange((byte)HighBytes, byte.MaxValue))
        {
            return Encoding.ASCII.GetString(bytes);
        }

        return TryDecode(Utf8, bytes) ?? DecodeKorean(bytes) ?? string.Concat(bytes.ToArray().Select(WesternLetter));
    }

    /// <summary>A text that may be Korean read as Western; any other text comes back as it is.</summary>
    public static string Repair(string text)
    {
        if (text.All(char.IsAscii) || BytesOf(text) is not { } bytes)
        {
            return text;
        }

        return TryDecode(Utf8, bytes) is { } decoded && decoded.Any(IsEastAsian) ? decoded : DecodeKorean(bytes) ?? text;
    }

    private static string? DecodeKorean(ReadOnlySpan<byte> bytes) =>
        KoreanBytes.AreBeyondDoubt(bytes) ? TryDecode(Korean, bytes) : null;

    private static string? TryDecode(Encoding encoding, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return encoding.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>The bytes that Western reading made the text of, or null if it cannot be so.</summary>
    private static byte[]? BytesOf(string text)
    {
        var bytes = new byte[text.Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            if (text[i] <= 0xFF)
            {
                bytes[i] = (byte)text[i];
            }
            else if (!WindowsLetters.TryGetValue(text[i], out bytes[i]))
            {
                return null;
            }
        }

        return bytes;
    }

    private static bool IsEastAsian(char letter) => letter is >= '\u1100' and <= '\u11FF' or >= '\u3040' and <= '\u9FFF' or >= '가' and <= '힣';

    /// <summary>Five bytes mean nothing in Windows' table; they are what they are in Latin-1.</summary>
    private static char WesternLetter(byte value) => TryDecode(Western, [value]) is [var letter] ? letter : (char)value;

    private static Encoding Of(int codePage) => CodePagesEncodingProvider.Instance.GetEncoding(
        codePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;
}
