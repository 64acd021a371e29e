namespace MusicRec.Catalog.Tags;

/// <summary>The comment packet of Ogg Vorbis, Opus and Ogg FLAC: the second of the file.</summary>
internal static class OggTags
{
    private const int HeaderBytes = 27;

    // A picture of 5 MB in base64, and texts.
    private const int MostPacketBytes = 8 << 20;

    public static void Read(TagInput input, FoundTags found)
    {
        var packet = SecondPacket(input);
        if (packet.AsSpan().StartsWith((ReadOnlySpan<byte>)[3, .. "vorbis"u8]))
        {
            VorbisComments.Read(packet.AsSpan(7), found);
        }
        else if (packet.AsSpan().StartsWith("OpusTags"u8))
        {
            VorbisComments.Read(packet.AsSpan(8), found);
        }
        else if (packet.Length > 4 && (packet[0] & 0x7F) == FlacTags.Comments)
        {
            VorbisComments.Read(packet.AsSpan(4), found);
        }
    }

    private static byte[] SecondPacket(TagInput input)
    {
        using var packet = new MemoryStream();
        var packets = 0;
        for (long position = 0; packet.Length < MostPacketBytes;)
        {
            var header = input.Read(position, HeaderBytes);
            if (!header.AsSpan().StartsWith("OggS"u8))
            {
                throw new InvalidDataException();
            }

            var segments = input.Read(position + HeaderBytes, header[26]);
            position += HeaderBytes + segments.Length;
            var begin = position;
            foreach (var size in segments)
            {
                position += size;
                if (size == byte.MaxValue)
                {
                    continue;
                }

                if (++packets == 2)
                {
                    packet.Write(input.Read(begin, position - begin));
                    return packet.ToArray();
                }

                begin = position;
            }

            if (packets == 1)
            {
                packet.Write(input.Read(begin, position - begin));
            }
        }

        throw new InvalidDataException();
    }
}
