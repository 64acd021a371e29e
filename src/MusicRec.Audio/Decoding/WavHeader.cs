using System.Buffers.Binary;

namespace MusicRec.Audio.Decoding;

/// <summary>Where the samples of a WAV file are and how they are stored.</summary>
/// <param name="Format">How samples are stored.</param>
/// <param name="DataStart">Stream position of the first sample.</param>
/// <param name="Frames">Whole sample frames present in the file.</param>
internal readonly record struct WavHeader(WavFormat Format, long DataStart, long Frames)
{
    private const int ChunkHeaderLength = 8;

    /// <summary>More chunks than this before the samples are no song.</summary>
    private const int MaxChunks = 10_000;

    /// <summary>
    /// Sizes that recorders leave behind when they stop before they could write the real one: the samples then reach to
    /// the end of the file.
    /// </summary>
    private const uint UnknownSize = 0xFFFF0000;

    /// <summary>
    /// Walks the chunks of a RIFF, RF64 or BW64 file. Every size is checked against the bytes present. Leaves the stream
    /// at an undefined position.
    /// </summary>
    public static WavHeader Read(Stream stream)
    {
        Span<byte> bytes = stackalloc byte[WavFormat.ExtensibleLength];
        stream.Seek(12, SeekOrigin.Current);
        WavFormat? format = null;
        long longDataSize = -1;
        for (var chunk = 0; chunk < MaxChunks; chunk++)
        {
            var header = bytes[..ChunkHeaderLength];
            if (stream.Length - stream.Position < ChunkHeaderLength)
            {
                throw new InvalidAudioException(
                    AudioProblem.DamagedHeader, format is null
                        ? "The file ends before the description of its samples (no 'fmt ' chunk)."
                        : "The file ends before its samples (no 'data' chunk).",
                    format is null ? "no 'fmt ' chunk" : "no 'data' chunk");
            }

            stream.ReadExactly(header);
            var size = BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
            var content = stream.Position;
            if (header.StartsWith("data"u8))
            {
                return new WavHeader(
                    format ?? throw new InvalidAudioException(
                        AudioProblem.DamagedHeader, "The samples come before their description (no 'fmt ' chunk).", "no 'fmt ' chunk"),
                    content,
                    DataSize(size, longDataSize, stream.Length - content) / format.Value.BytesPerFrame);
            }

            if (header.StartsWith("fmt "u8))
            {
                format = ReadFormat(stream, size, bytes);
            }
            else if (header.StartsWith("ds64"u8) && size >= 16 && stream.Length - content >= 16)
            {
                stream.ReadExactly(bytes[..16]);
                longDataSize = BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]);
            }

            SkipTo(stream, content, size);
        }

        throw new InvalidAudioException(AudioProblem.DamagedHeader, $"The file has over {MaxChunks} chunks before its samples.", "too many chunks");
    }

    private static WavFormat ReadFormat(Stream stream, uint size, Span<byte> bytes)
    {
        var length = (int)Math.Min(Math.Min(size, stream.Length - stream.Position), bytes.Length);
        if (length < WavFormat.MinLength)
        {
            throw new InvalidAudioException(
                AudioProblem.DamagedHeader, $"The description of the samples has {length} bytes instead of {WavFormat.MinLength}.", "short 'fmt ' chunk");
        }

        stream.ReadExactly(bytes[..length]);
        return WavFormat.Parse(bytes[..length]);
    }

    /// <summary>The size in the file where it can be right, else what is there.</summary>
    private static long DataSize(uint size, long longSize, long present)
    {
        if (size == uint.MaxValue && longSize >= 0)
        {
            return Math.Min(longSize, present);
        }

        return size == 0 || size >= UnknownSize ? present : Math.Min(size, present);
    }

    /// <summary>
    /// Chunks of odd size are followed by a pad byte, which some writers forget: if the byte before the even position
    /// starts a known chunk, the pad byte is missing.
    /// </summary>
    private static void SkipTo(Stream stream, long content, uint size)
    {
        var end = content + size;
        if (size % 2 == 1 && end + 4 <= stream.Length)
        {
            Span<byte> name = stackalloc byte[4];
            stream.Position = end;
            stream.ReadExactly(name);
            end += name.SequenceEqual("data"u8) || name.SequenceEqual("fmt "u8) ? 0 : 1;
        }

        stream.Position = Math.Min(end, stream.Length);
    }
}
