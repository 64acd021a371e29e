using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MusicRec.Audio.Decoding;

/// <summary>
/// Stored samples to single precision with full scale 1, as libsndfile gives them: 8 bit (v - 128)/128, 16 bit v/2^15,
/// 24 bit v/2^23, 32 bit v/2^31; float as stored, not clipped.
/// </summary>
internal static class SampleConverter
{
    /// <summary>Converts samples, channels interleaved as they stand.</summary>
    /// <param name="bytes">Whole samples.</param>
    /// <param name="format">How they are stored.</param>
    /// <param name="samples">Receives one value per sample.</param>
    public static void Convert(ReadOnlySpan<byte> bytes, SampleFormat format, Span<float> samples)
    {
        switch (format)
        {
            case SampleFormat.UInt8:
                for (var i = 0; i < samples.Length; i++)
                {
                    samples[i] = (bytes[i] - 128) * (1f / 128);
                }

                break;
            case SampleFormat.Int16:
                ConvertInt16(bytes, samples);
                break;
            case SampleFormat.Int24:
                for (var i = 0; i < samples.Length; i++)
                {
                    var value = bytes[3 * i] | bytes[3 * i + 1] << 8 | (sbyte)bytes[3 * i + 2] << 16;
                    samples[i] = value * (1f / (1 << 23));
                }

                break;
            case SampleFormat.Int32:
                for (var i = 0; i < samples.Length; i++)
                {
                    samples[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes[(4 * i)..]) * (1f / (1u << 31));
                }

                break;
            case SampleFormat.Float32:
                for (var i = 0; i < samples.Length; i++)
                {
                    samples[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(4 * i)..]);
                }

                break;
            case SampleFormat.Float64:
                for (var i = 0; i < samples.Length; i++)
                {
                    samples[i] = (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes[(8 * i)..]);
                }

                break;
            default:
                LookUp(bytes, format == SampleFormat.ALaw ? G711.ALaw : G711.MuLaw, samples);
                break;
        }
    }

    /// <summary>
    /// The mean over the channels of each frame. Sums in single precision in channel order and divides, as numpy's mean
    /// over the first axis does; another order would differ in the last bit.
    /// </summary>
    public static void MixToMono(ReadOnlySpan<float> interleaved, int channels, Span<float> mono)
    {
        if (channels == 2)
        {
            var pairs = MemoryMarshal.Cast<float, StereoFrame>(interleaved);
            for (var i = 0; i < mono.Length; i++)
            {
                mono[i] = (pairs[i].Left + pairs[i].Right) * 0.5f;
            }

            return;
        }

        for (var i = 0; i < mono.Length; i++)
        {
            var sum = 0f;
            foreach (var sample in interleaved.Slice(i * channels, channels))
            {
                sum += sample;
            }

            mono[i] = sum / channels;
        }
    }

    /// <summary>
    /// The commonest kind of file in one step: the mean of both channels of 16 bit. The sum of two such samples has 17
    /// bits, so neither it nor its conversion is rounded, and the result is that of <see cref="Convert"/> and
    /// <see cref="MixToMono"/> to the last bit.
    /// </summary>
    public static void MixInt16Stereo(ReadOnlySpan<byte> bytes, Span<float> mono)
    {
        // A frame read as one integer has the left channel in its lower half and the right one in its upper half.
        var frames = MemoryMarshal.Cast<byte, int>(bytes);
        var n = 0;
        var scale = Vector256.Create(1f / 65536);
        for (; n <= mono.Length - Vector256<int>.Count; n += Vector256<int>.Count)
        {
            var frame = Vector256.Create(frames[n..]);
            (Vector256.ConvertToSingle((frame << 16 >> 16) + (frame >> 16)) * scale).CopyTo(mono[n..]);
        }

        for (; n < mono.Length; n++)
        {
            mono[n] = ((frames[n] << 16 >> 16) + (frames[n] >> 16)) * (1f / 65536);
        }
    }

    private static void ConvertInt16(ReadOnlySpan<byte> bytes, Span<float> samples)
    {
        if (!BitConverter.IsLittleEndian)
        {
            for (var i = 0; i < samples.Length; i++)
            {
                samples[i] = BinaryPrimitives.ReadInt16LittleEndian(bytes[(2 * i)..]) * (1f / 32768);
            }

            return;
        }

        var source = MemoryMarshal.Cast<byte, short>(bytes);
        var n = 0;
        var scale = Vector256.Create(1f / 32768);
        for (; n <= samples.Length - Vector256<short>.Count; n += Vector256<short>.Count)
        {
            var (lower, upper) = Vector256.Widen(Vector256.Create(source[n..]));
            (Vector256.ConvertToSingle(lower) * scale).CopyTo(samples[n..]);
            (Vector256.ConvertToSingle(upper) * scale).CopyTo(samples[(n + Vector256<float>.Count)..]);
        }

        for (; n < samples.Length; n++)
        {
            samples[n] = source[n] * (1f / 32768);
        }
    }

    private static void LookUp(ReadOnlySpan<byte> bytes, ReadOnlySpan<float> table, Span<float> samples)
    {
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = table[bytes[i]];
        }
    }

    private readonly record struct StereoFrame(float Left, float Right);
}
