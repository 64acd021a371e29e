using MusicRec.Audio.Features;

namespace MusicRec.Audio.Spectra;

/// <summary>
/// Power spectrogram |X|² of a signal at 22 050 Hz: <see cref="FrameCount"/> frames of 1025 bins.
/// </summary>
/// <remarks>
/// Stored in blocks of eight frames, within a block bin-major: bin k of frame 8b + j is element
/// <c>(b * 1025 + k) * 8 + j</c>. Each feature then runs over the bins with eight frames side by side in one vector,
/// without a gather or a horizontal sum. Frames past the end in the last block are zero.
/// </remarks>
public sealed class Spectrogram
{
    /// <summary>Frames in one block.</summary>
    public const int BlockFrames = 8;

    /// <summary>Floats in one block.</summary>
    internal const int BlockSize = FeatureVersion.BinCount * BlockFrames;

    private AlignedArray<float> _power = new(0);

    /// <summary>Number of frames, 1 + floor(samples / 512).</summary>
    public int FrameCount { get; private set; }

    /// <summary>Number of blocks of eight frames.</summary>
    public int BlockCount => (FrameCount + BlockFrames - 1) / BlockFrames;

    /// <summary>Frequency of a bin in Hz, 0 to 11 025.</summary>
    public static double BinFrequency(int bin) => (double)bin * FeatureVersion.SampleRate / FeatureVersion.FftSize;

    /// <summary>The power of one block, see the remarks on the layout.</summary>
    public ReadOnlySpan<float> Block(int block) => _power.Span.Slice(block * BlockSize, BlockSize);

    /// <summary>Copies the 1025 power values of one frame.</summary>
    public void CopyFrame(int frame, Span<float> power)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)frame, (uint)FrameCount, nameof(frame));
        var block = Block(frame / BlockFrames);
        for (var k = 0; k < FeatureVersion.BinCount; k++)
        {
            power[k] = block[k * BlockFrames + frame % BlockFrames];
        }
    }

    internal Span<float> WritableBlock(int block) => _power.Span.Slice(block * BlockSize, BlockSize);

    /// <summary>Makes room for so many frames; keeps the memory of an earlier, longer song.</summary>
    internal void Resize(int frameCount)
    {
        FrameCount = frameCount;
        if (_power.Length < BlockCount * BlockSize)
        {
            _power = new AlignedArray<float>(BlockCount * BlockSize);
        }
    }
}
