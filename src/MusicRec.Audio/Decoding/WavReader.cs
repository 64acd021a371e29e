using System.Buffers;

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
        if (format.Format is SampleFormat.Float32 or SampleFormat.Float64)
        {
            AudioLimits.RequireFinite(samples.Span, format.SampleRate);
        }

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

                if (format is { Channels: 2, Format: SampleFormat.Int16 } && BitConverter.IsLittleEndian)
                {
                    SampleConverter.MixInt16Stereo(block, target);
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
}
