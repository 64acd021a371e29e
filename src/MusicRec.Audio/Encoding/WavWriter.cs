using System.Buffers.Binary;

namespace MusicRec.Audio.Encoding;

/// <summary>Writes audio as a WAV file of 16-bit PCM.</summary>
public static class WavWriter
{
    private const int HeaderLength = 44;
    private const int SampleBytes = sizeof(short);
    private const int BlockSamples = 16384;

    /// <summary>Writes a header of 44 bytes and the samples, rounded to the nearest of 65 536 levels; what is beyond full scale is clipped.</summary>
    /// <param name="wav">Receives the file from its current position; left open.</param>
    /// <param name="interleaved">Samples, full scale 1, one of each channel in turn.</param>
    /// <param name="channels">Number of channels, 1 or more.</param>
    /// <param name="sampleRate">Sample frames per second, in Hz.</param>
    /// <exception cref="ArgumentException">The samples do not fill whole frames, or are more than a WAV file holds (4 GiB).</exception>
    public static void Write(Stream wav, ReadOnlySpan<float> interleaved, int channels, int sampleRate)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(channels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sampleRate);
        if (interleaved.Length % channels != 0 || (long)interleaved.Length * SampleBytes > uint.MaxValue - HeaderLength)
        {
            throw new ArgumentException($"{interleaved.Length} samples do not make a WAV file of {channels} channel(s).", nameof(interleaved));
        }

        WriteHeader(wav, (uint)interleaved.Length * SampleBytes, channels, sampleRate);
        var bytes = new byte[Math.Min(BlockSamples, interleaved.Length) * SampleBytes];
        for (var first = 0; first < interleaved.Length; first += BlockSamples)
        {
            var block = interleaved[first..Math.Min(first + BlockSamples, interleaved.Length)];
            for (var i = 0; i < block.Length; i++)
            {
                var level = Math.Clamp(MathF.Round(block[i] * 32768f), short.MinValue, short.MaxValue);
                BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(i * SampleBytes), (short)level);
            }

            wav.Write(bytes.AsSpan(0, block.Length * SampleBytes));
        }
    }

    private static void WriteHeader(Stream wav, uint dataLength, int channels, int sampleRate)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], dataLength + HeaderLength - 8);
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], 16);
        BinaryPrimitives.WriteUInt16LittleEndian(header[20..], 1);
        BinaryPrimitives.WriteUInt16LittleEndian(header[22..], (ushort)channels);
        BinaryPrimitives.WriteUInt32LittleEndian(header[24..], (uint)sampleRate);
        BinaryPrimitives.WriteUInt32LittleEndian(header[28..], (uint)(sampleRate * channels * SampleBytes));
        BinaryPrimitives.WriteUInt16LittleEndian(header[32..], (ushort)(channels * SampleBytes));
        BinaryPrimitives.WriteUInt16LittleEndian(header[34..], 8 * SampleBytes);
        "data"u8.CopyTo(header[36..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[40..], dataLength);
        wav.Write(header);
    }
}
