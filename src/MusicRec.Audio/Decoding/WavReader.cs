using System.Buffers;
using System.Globalization;
using System.Numerics;

namespace MusicRec.Audio.Decoding;

/// <summary>Reads the beginning of a WAV file as mono samples, block by block: memory does not grow with the file.</summary>
internal static class WavReader
{
    private const int BlockBytes = 64 * 1024;

    /// <summary>Reads the first seconds of the file.</summary>
    /// <param name="stream">At the first byte of the file.</param>
    /// <param name="maxSeconds">How much of the file counts.</param>
    /// <param name="buffer">Work memory for the samples; replaced by a larger array when too small.</param>
    /// <returns>A clip over <paramref name="buffer"/>.</returns>
    public static AudioClip ReadMono(Stream stream, int maxSeconds, ref float[] buffer)
    {
        var header = WavHeader.Read(stream);
        var format = header.Format;
        var frames = (int)Math.Min(header.Frames, (long)maxSeconds * format.SampleRate);
        if (frames == 0)
        {
            throw new InvalidAudioException(AudioProblem.NoSamples, "The file is well formed but holds no sample.");
        }

        if (buffer.Length < frames)
        {
            buffer = new float[frames];
        }

        stream.Position = header.DataStart;
        var samples = buffer.AsMemory(0, frames);
        ReadFrames(stream, format, samples.Span);
        RefuseNonFinite(samples.Span, format.SampleRate);
        return new AudioClip(samples, format.SampleRate, header.Frames);
    }

    private static void ReadFrames(Stream stream, WavFormat format, Span<float> mono)
    {
        var blockFrames = BlockBytes / format.BytesPerFrame;
        var bytes = ArrayPool<byte>.Shared.Rent(blockFrames * format.BytesPerFrame);
        var interleaved = ArrayPool<float>.Shared.Rent(blockFrames * format.Channels);
        try
        {
            for (var done = 0; done < mono.Length; done += blockFrames)
            {
                var target = mono[done..Math.Min(done + blockFrames, mono.Length)];
                var block = bytes.AsSpan(0, target.Length * format.BytesPerFrame);
                stream.ReadExactly(block);
                if (format.Channels == 1)
                {
                    SampleConverter.Convert(block, format.Format, target);
                    continue;
                }

                var samples = interleaved.AsSpan(0, target.Length * format.Channels);
                SampleConverter.Convert(block, format.Format, samples);
                SampleConverter.MixToMono(samples, format.Channels, target);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
            ArrayPool<float>.Shared.Return(interleaved);
        }
    }

    /// <summary>0 times a finite number is 0, times NaN or infinity it is NaN: one sum finds them all.</summary>
    private static void RefuseNonFinite(ReadOnlySpan<float> samples, int sampleRate)
    {
        var sums = Vector<float>.Zero;
        var i = 0;
        for (; i <= samples.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            sums += new Vector<float>(samples[i..]) * Vector<float>.Zero;
        }

        var sum = Vector.Sum(sums);
        for (; i < samples.Length; i++)
        {
            sum += samples[i] * 0;
        }

        if (sum == 0)
        {
            return;
        }

        var first = 0;
        while (float.IsFinite(samples[first]))
        {
            first++;
        }

        var seconds = ((double)first / sampleRate).ToString("0.###", CultureInfo.InvariantCulture);
        throw new InvalidAudioException(
            AudioProblem.NonFiniteSamples, $"The sample at {seconds} s is not a number or infinite.", seconds);
    }
}
