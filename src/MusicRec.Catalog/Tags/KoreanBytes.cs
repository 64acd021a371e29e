namespace MusicRec.Catalog.Tags;

/// <summary>Tells Korean in code page 949 from Western texts by the bytes.</summary>
internal static class KoreanBytes
{
    private enum Letter
    {
        None,

        /// <summary>One of the 2350 syllables of KS X 1001, which nearly all Korean is written with.</summary>
        Common,

        /// <summary>One of the other 8822 syllables.</summary>
        Rare,

        /// <summary>A Chinese character or a sign.</summary>
        Other,
    }

    /// <summary>
    /// Whether all bytes fit the code page, common syllables are far in the majority, and they stand where no Western word would
    /// give them: two accented letters side by side within a word read as one syllable, more of them are hardly ever seen.
    /// </summary>
    public static bool AreBeyondDoubt(ReadOnlySpan<byte> bytes)
    {
        var (common, doubtful, isSeen) = (0, 0, false);
        for (var i = 0; i < bytes.Length;)
        {
            if (bytes[i] < 0x80)
            {
                i++;
                continue;
            }

            var (start, commonBefore) = (i, common);
            for (; i < bytes.Length && bytes[i] >= 0x80; i += 2)
            {
                switch (i + 1 < bytes.Length ? KindOf(bytes[i], bytes[i + 1]) : Letter.None)
                {
                    case Letter.None:
                        return false;
                    case Letter.Common:
                        common++;
                        break;
                    default:
                        doubtful++;
                        break;
                }
            }

            isSeen |= IsEvidence(bytes, start, i, common - commonBefore);
        }

        return isSeen && 2 * doubtful <= common;
    }

    private static Letter KindOf(byte lead, byte trail) => (lead, trail) switch
    {
        ( >= 0xB0 and <= 0xC8, >= 0xA1 and <= 0xFE) => Letter.Common,
        ( >= 0x81 and <= 0xA0, (>= 0x41 and <= 0x5A) or (>= 0x61 and <= 0x7A) or (>= 0x81 and <= 0xFE)) => Letter.Rare,
        ( >= 0xA1 and <= 0xC6, (>= 0x41 and <= 0x5A) or (>= 0x61 and <= 0x7A) or (>= 0x81 and <= 0xA0)) => Letter.Rare,
        ( >= 0xA1 and <= 0xFD, >= 0xA1 and <= 0xFE) => Letter.Other,
        _ => Letter.None,
    };

    private static bool IsEvidence(ReadOnlySpan<byte> bytes, int start, int end, int syllables)
    {
        var run = bytes[start..end];
        if (syllables != 1)
        {
            // Nobody sings 컥컥컥, but ÄÄÄÄÄÄ.
            return syllables > 1 && run.ContainsAnyExcept(run[0]);
        }

        var isPartOfWord = (start > 0 && char.IsAsciiLetter((char)bytes[start - 1])) || (end < bytes.Length && char.IsAsciiLetter((char)bytes[end]));
        return !isPartOfWord && !IsOneLetterTwice(run);
    }

    /// <summary>Ää is a word, in lower case or upper.</summary>
    private static bool IsOneLetterTwice(ReadOnlySpan<byte> run) => run.Length == 2 && run[0] >= 0xC0 && (run[0] | 0x20) == (run[1] | 0x20);
}
