using System.Buffers;

namespace MusicRec.Audio.Decoding;

/// <summary>Mono samples from a decoder, block by block: memory does not grow with the file.</summary>
internal static class FrameReader
{
    private const int BlockFrames = 4096;

    /// <summary>A file that says it is longer is not believed; its frames are counted, up to here.</summary>
    private const int LongestSeconds = 24 * 3600;

    /// <summary>Wall time after which a file is given up: hours of silence take few bytes, and their frames would be counted one by one.</summary>
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(60);

    /// <summary>Reads the first seconds of the file.</summary>
    /// <param name="source">At its first frame.</param>
    /// <param name="maxSeconds">How much of the file counts.</param>
    /// <param name="buffer">Work memory for the samples; replaced by a larger array when too small.</param>
    /// <param name="time">Tells when it took too long.</param>
    /// <param name="cancellationToken">Checked between blocks.</param>
    /// <returns>A clip over <paramref name="buffer"/>.</returns>
    /// <exception cref="InvalidAudioException">No samples, one that is no number, or it took more than a minute.</exception>
    public static AudioClip ReadMono(FrameSource source, int maxSeconds, ref float[] buffer, TimeProvider time, CancellationToken cancellationToken)
    {
        var blocks = new Blocks(source, time, cancellationToken);
        var most = maxSeconds * source.SampleRate;
        var interleaved = ArrayPool<float>.Shared.Rent(BlockFrames * source.Channels);
        try
        {
            var block = interleaved.AsSpan(0, BlockFrames * source.Channels);
            var count = 0;
            for (var length = BlockFrames; length == BlockFrames && count < most; count += length)
            {
                length = blocks.Read(block[..(Math.Min(BlockFrames, most - count) * source.Channels)]);
                Reserve(ref buffer, count + length, most);
                SampleConverter.MixToMono(block[..(length * source.Channels)], source.Channels, buffer.AsSpan(count, length));
            }

            if (count == 0)
            {
                throw new InvalidAudioException(AudioProblem.NoSamples, "The file is well formed but holds no sample.");
            }

            AudioLimits.RequireFinite(buffer.AsSpan(0, count), source.SampleRate);
            var frames = count < most ? count : CountFrames(source, count, block, blocks);
            return new AudioClip(buffer.AsMemory(0, count), source.SampleRate, frames);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(interleaved);
        }
    }

    /// <summary>What the file says about itself, its length in frames at least.</summary>
    /// <exception cref="InvalidAudioException">No samples, or it took more than a minute to count them.</exception>
    public static AudioInfo ReadInfo(FrameSource source, TimeProvider time, CancellationToken cancellationToken)
    {
        var block = ArrayPool<float>.Shared.Rent(BlockFrames * source.Channels);
        try
        {
            var frames = CountFrames(source, 0, block.AsSpan(0, BlockFrames * source.Channels), new Blocks(source, time, cancellationToken));
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
    private static long CountFrames(FrameSource source, long count, Span<float> block, Blocks blocks)
    {
        var longest = (long)LongestSeconds * source.SampleRate;
        if (source.Frames > 0 && source.Frames <= longest)
        {
            return Math.Max(count, source.Frames);
        }

        while (count < longest && blocks.Read(block) is > 0 and var length)
        {
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

    /// <summary>Reads block by block as long as it may.</summary>
    private readonly struct Blocks(FrameSource source, TimeProvider time, CancellationToken cancellationToken)
    {
        private readonly long _started = time.GetTimestamp();

        public int Read(Span<float> block)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (time.GetElapsedTime(_started) <= MostTime)
            {
                return source.Read(block);
            }

            var reason = $"it took over {MostTime.TotalSeconds:0} s";
            throw new InvalidAudioException(
                AudioProblem.Undecodable, $"The {source.Encoding} file is damaged or of a variant that is not read ({reason}).", source.Encoding, reason);
        }
    }
}
