using System.Text;

namespace MusicRec.Catalog.Tags;

/// <summary>Tags of ID3 version 2.2, 2.3 and 2.4, at the front of MP3 files and in chunks of WAV and AIFF.</summary>
internal static class Id3v2
{
    public const int HeaderBytes = 10;

    // Texts stand before pictures in nearly all files, and larger pictures than 5 MB are not kept.
    private const int MostBytes = 12 << 20;

    /// <summary>Reads the tag at a position, if there is one.</summary>
    /// <returns>Where the tag ends; the position without one.</returns>
    public static long Read(TagInput input, long position, FoundTags found)
    {
        if (input.Length - position < HeaderBytes || input.Read(position, HeaderBytes) is not [(byte)'I', (byte)'D', (byte)'3', var version, _, var flags, .. var size])
        {
            return position;
        }

        var bytes = Synchsafe(size);
        if (version is >= 2 and <= 4)
        {
            var body = input.ReadAtMost(position + HeaderBytes, Math.Min(bytes, MostBytes));
            TryReadFrames(version, flags, version < 4 && (flags & 0x80) != 0 ? Synchronise(body) : body, found);
        }

        return position + HeaderBytes + bytes + (version == 4 && (flags & 0x10) != 0 ? HeaderBytes : 0);
    }

    /// <summary>A damaged frame ends the tag, not the file.</summary>
    private static void TryReadFrames(byte version, byte flags, byte[] body, FoundTags found)
    {
        try
        {
            ReadFrames(version, flags, body, found);
        }
        catch (InvalidDataException)
        {
            // The frames before it count.
        }
    }

    private static void ReadFrames(byte version, byte flags, byte[] body, FoundTags found)
    {
        var rest = new TagSpan(body);
        if (version > 2 && (flags & 0x40) != 0)
        {
            SkipExtendedHeader(version, ref rest);
        }

        var (idBytes, headerBytes) = version == 2 ? (3, 6) : (4, 10);
        while (rest.Rest.Length > headerBytes && IsFrameName(rest.Rest[..idBytes]))
        {
            var name = Encoding.ASCII.GetString(rest.Take(idBytes));
            var size = SizeOf(version, ref rest, out var frameFlags);
            ReadFrame(name, Content(version, frameFlags, rest.Take(size)), found);
        }
    }

    private static void SkipExtendedHeader(byte version, ref TagSpan rest)
    {
        var size = rest.Take(4);
        rest.Take(version == 4 ? Synchsafe(size) - 4 : new TagSpan(size).TakeBigEndian());
    }

    private static long SizeOf(byte version, ref TagSpan rest, out ushort flags)
    {
        flags = 0;
        if (version == 2)
        {
            var three = rest.Take(3);
            return (three[0] << 16) | (three[1] << 8) | three[2];
        }

        var four = rest.Take(4);
        var pair = rest.Take(2);
        flags = (ushort)((pair[0] << 8) | pair[1]);
        var plain = new TagSpan(four).TakeBigEndian();

        // Some programs write plain sizes into version 2.4: the one that leads to a frame is right.
        return version == 4 && (IsEnd(rest.Rest, Synchsafe(four)) || !IsEnd(rest.Rest, plain)) ? Synchsafe(four) : plain;
    }

    private static bool IsEnd(ReadOnlySpan<byte> rest, long size) =>
        size == rest.Length || (size + 4 <= rest.Length && (rest[(int)size] == 0 || IsFrameName(rest.Slice((int)size, 4))));

    /// <summary>The content without what flags put before and into it; empty if it is compressed or encrypted.</summary>
    private static ReadOnlySpan<byte> Content(byte version, ushort flags, ReadOnlySpan<byte> content)
    {
        if (version == 3)
        {
            return (flags & 0xC0) != 0 ? [] : content[Math.Min(content.Length, (flags & 0x20) != 0 ? 1 : 0)..];
        }

        if ((flags & 0x0C) != 0)
        {
            return [];
        }

        var before = ((flags & 0x40) != 0 ? 1 : 0) + ((flags & 0x01) != 0 ? 4 : 0);
        content = content[Math.Min(content.Length, before)..];
        return (flags & 0x02) != 0 ? Synchronise(content) : content;
    }

    private static void ReadFrame(string name, ReadOnlySpan<byte> content, FoundTags found)
    {
        if (content.IsEmpty)
        {
            return;
        }

        if (name is "APIC" or "PIC")
        {
            ReadPicture(name, new TagSpan(content), found);
        }
        else if (name[0] == 'T')
        {
            found.Add(name, TagText.Id3(content[0], content[1..]));
        }
    }

    private static void ReadPicture(string name, TagSpan content, FoundTags found)
    {
        var encoding = content.TakeByte();
        if (name == "PIC")
        {
            content.Take(3);
        }
        else
        {
            content.TakeText(1);
        }

        var type = content.TakeByte();
        content.TakeText(encoding is 1 or 2 ? 2 : 1);
        found.AddPicture(type, content.Rest);
    }

    private static bool IsFrameName(ReadOnlySpan<byte> name) =>
        name.IndexOfAnyExceptInRange((byte)'0', (byte)'Z') < 0 && name.IndexOfAnyInRange((byte)':', (byte)'@') < 0;

    private static long Synchsafe(ReadOnlySpan<byte> four) =>
        ((four[0] & 0x7FL) << 21) | ((four[1] & 0x7FL) << 14) | ((four[2] & 0x7FL) << 7) | (four[3] & 0x7FL);

    /// <summary>Takes out the zeros that were put after 0xFF, so that no player took the tag for sound.</summary>
    private static byte[] Synchronise(ReadOnlySpan<byte> bytes)
    {
        var result = new byte[bytes.Length];
        var length = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            result[length++] = bytes[i];
            if (bytes[i] == 0xFF && i + 1 < bytes.Length && bytes[i + 1] == 0)
            {
                i++;
            }
        }

        return result[..length];
    }
}
