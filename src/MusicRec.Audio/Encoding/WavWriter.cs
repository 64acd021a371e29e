using System.Buffers.Binary;
using MusicRec.Audio.Decoding;

namespace MusicRec.Audio.Encoding;

/// <summary>Writes samples as a 16-bit PCM WAV file with the plain header of 44 bytes.</summary>
public static class WavWriter
{
    private const int HeaderLength = 44;
    private const int BytesPerSample = sizeof(short);
    private const float FullScale = 32768;
    private const int SamplesPerWrite = 2048;

    /// <summary>Writes a whole file from the current position of the stream, which need not be seekable and is left open.</summary>
    /// <param name="wav">Receives header and samples.</param>
    /// <param name="interleaved">
    /// Samples in the order of the frames, full scale 1; rounded to the nearest of the 65 536 steps. What lies outside
    /// full scale is clipped, NaN becomes 0.
    /// </param>
    /// <param name="channels">1 to 32; <paramref name="interleaved"/> holds whole frames of so many samples.</param>
    /// <param name="sampleRate">1000 to 384 000 Hz.</param>
    /// <exception cref="ArgumentOutOfRangeException">Channels or rate outside the limits.</exception>
    /// <exception cref="ArgumentException">The last frame is not whole, or the samples exceed the 4 GB of a WAV file.</exception>
    public static void Write(Stream wav, ReadOnlySpan<float> interleaved, int channels, int sampleRate)
    {
        ArgumentNullException.ThrowIfNull(wav);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(channels, AudioLimits.MaxChannels);
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleRate, AudioLimits.MinSampleRate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sampleRate, AudioLimits.MaxSampleRate);
        if (interleaved.Length % channels != 0)
        {
            throw new ArgumentException($"{interleaved.Length} samples are no whole number of frames of {channels} channels.", nameof(interleaved));
        }

        var dataLength = (long)interleaved.Length * BytesPerSample;
        if (dataLength > uint.MaxValue - HeaderLength)
        {
            throw new ArgumentException($"{dataLength} bytes of samples do not fit into a WAV file.", nameof(interleaved));
        }

        WriteHeader(wav, (uint)dataLength, channels, sampleRate);
        WriteSamples(wav, interleaved);
    }

    private static void WriteHeader(Stream wav, uint dataLength, int channels, int sampleRate)
    {
        const int LengthAfterRiffSize = HeaderLength - 8;
        const int PcmFormatLength = 16;
        const ushort PcmTag = 1;
        var frameLength = channels * BytesPerSample;

        Span<byte> header = stackalloc byte[HeaderLength];
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], LengthAfterRiffSize + dataLength);
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], PcmFormatLength);
        BinaryPrimitives.WriteUInt16LittleEndian(header[20..], PcmTag);
        BinaryPrimitives.WriteUInt16LittleEndian(header[22..], (ushort)channels);
        BinaryPrimitives.WriteUInt32LittleEndian(header[24..], (uint)sampleRate);
        BinaryPrimitives.WriteUInt32LittleEndian(header[28..], (uint)(sampleRate * frameLength));
        BinaryPrimitives.WriteUInt16LittleEndian(header[32..], (ushort)frameLength);
        BinaryPrimitives.WriteUInt16LittleEndian(header[34..], 8 * BytesPerSample);
        "data"u8.CopyTo(header[36..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[40..], dataLength);
        wav.Write(header);
    }

    private static void WriteSamples(Stream wav, ReadOnlySpan<float> samples)
    {
        Span<byte> bytes = stackalloc byte[SamplesPerWrite * BytesPerSample];
        while (!samples.IsEmpty)
        {
            var count = Math.Min(samples.Length, SamplesPerWrite);
            for (var i = 0; i < count; i++)
            {
                BinaryPrimitives.WriteInt16LittleEndian(bytes[(BytesPerSample * i)..], ToInt16(samples[i]));
            }

            wav.Write(bytes[..(BytesPerSample * count)]);
            samples = samples[count..];
        }
    }

    private static short ToInt16(float sample) =>
        float.IsNaN(sample) ? (short)0 : (short)Math.Clamp(MathF.Round(sample * FullScale), short.MinValue, short.MaxValue);
}
