using System.Buffers;

namespace MusicRec.Audio.Decoding;

/// <summary>Mono samples from a decoder, block by block: memory does not grow with the file.</summary>
internal static class FrameReader
{
    private const int BlockFrames = 4096;

    /// <summary>A file that says it is longer is not believed; its frames are counted, up to here.</summary>
    private const int LongestSeconds = 24 * 3600;

    /// <summary>Reads the first seconds of the file.</summary>
    /// <param name="source">At its first frame.</param>
    /// <param name="maxSeconds">How much of the file counts.</param>
    /// <param name="buffer">Work memory for the samples; replaced by a larger array when too small.</param>
    /// <param name="cancellationToken">Checked between blocks.</param>
    /// <returns>A clip over <paramref name="buffer"/>.</returns>
    public static AudioClip ReadMono(FrameSource source, int maxSeconds, ref float[] buffer, CancellationToken cancellationToken)
    {
        var most = maxSeconds * source.SampleRate;
        var interleaved = ArrayPool<float>.Shared.Rent(BlockFrames * source.Channels);
        try
        {
            var block = interleaved.AsSpan(0, BlockFrames * source.Channels);
            var count = 0;
            for (var length = BlockFrames; length == BlockFrames && count < most; count += length)
            {
                cancellationToken.ThrowIfCancellationRequested();
                length = source.Read(block[..(Math.Min(BlockFrames, most - count) * source.Channels)]);
                Reserve(ref buffer, count + length, most);
                SampleConverter.MixToMono(block[..(length * source.Channels)], source.Channels, buffer.AsSpan(count, length));
            }

            if (count == 0)
            {
                throw new InvalidAudioException(AudioProblem.NoSamples, "The file is well formed but holds no sample.");
            }

            AudioLimits.RequireFinite(buffer.AsSpan(0, count), source.SampleRate);
            var frames = count < most ? count : CountFrames(source, count, block, cancellationToken);
            return new AudioClip(buffer.AsMemory(0, count), source.SampleRate, frames);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(interleaved);
        }
    }

    /// <summary>What the file says about itself, its length in frames at least.</summary>
    public static AudioInfo ReadInfo(FrameSource source, CancellationToken cancellationToken)
    {
        var block = ArrayPool<float>.Shared.Rent(BlockFrames * source.Channels);
        try
        {
            var frames = CountFrames(source, 0, block.AsSpan(0, BlockFrames * source.Channels), cancellationToken);
            return frames > 0
                ? new AudioInfo(source.Encoding, source.Channels, source.SampleRate, frames)
                : throw new InvalidAudioException(AudioProblem.NoSamples, "The file is well formed but holds no sample.");
        }
        finally
        {
            ArrayPool<float>.Shared.Return(block);
        }
    }

    /// <summary>The frames of the whole file: as it says or, where that is nothing or nonsense, counted.</summary>
    private static long CountFrames(FrameSource source, long count, Span<float> block, CancellationToken cancellationToken)
    {
        var longest = (long)LongestSeconds * source.SampleRate;
        if (source.Frames > 0 && source.Frames <= longest)
        {
            return Math.Max(count, source.Frames);
        }

        while (count < longest && source.Read(block) is > 0 and var length)
        {
            cancellationToken.ThrowIfCancellationRequested();
            count += length;
        }

        return count;
    }

    /// <summary>Grows with what is really there: a header alone must not cost memory.</summary>
    private static void Reserve(ref float[] buffer, int needed, int most)
    {
        if (buffer.Length < needed)
        {
            Array.Resize(ref buffer, (int)Math.Min(most, Math.Max(2L * buffer.Length, 1 << 16)));
        }
    }
}
