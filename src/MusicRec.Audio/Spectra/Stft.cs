using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MusicRec.Audio.Features;

namespace MusicRec.Audio.Spectra;

/// <summary>
/// Short-time Fourier transform (librosa <c>stft</c> with default arguments): periodic Hann window of 2048, hop 512,
/// frame t centred on sample 512t, zeros outside the signal.
/// </summary>
internal sealed class Stft
{
    private const int Hop = FeatureVersion.HopLength;
    private const int HopsPerFrame = FeatureVersion.FftSize / Hop;

    /// <summary>Hops a block of eight frames reaches over, and the row length they are stored with.</summary>
    private const int BlockHops = Spectrogram.BlockFrames + HopsPerFrame - 1;
    private const int HopStride = 16;

    private static readonly double[] Window = MakeWindow();

    private readonly RealFft _fft = new();

    // Sample r of hop c of the block: element r * 16 + c. Frame j begins at column j, so one load takes a sample of
    // several neighbouring frames.
    private readonly AlignedArray<float> _hops = new(Hop * HopStride);

    /// <summary>Number of frames of so many samples (at least one sample).</summary>
    public static int FrameCount(int samples) => 1 + samples / Hop;

    /// <summary>Transforms the whole signal.</summary>
    /// <param name="samples">At least one sample at 22 050 Hz.</param>
    /// <param name="spectrogram">Receives the power spectrum.</param>
    public void Compute(ReadOnlySpan<float> samples, Spectrogram spectrogram)
    {
        spectrogram.Resize(FrameCount(samples.Length));
        for (var block = 0; block < spectrogram.BlockCount; block++)
        {
            var power = spectrogram.WritableBlock(block);
            GatherHops(samples, block * Spectrogram.BlockFrames);
            for (var lane = 0; lane < Spectrogram.BlockFrames; lane += RealFft.Lanes)
            {
                _fft.Transform(new WindowedFrames(ref _hops.Span[lane], Window), power[lane..], Spectrogram.BlockFrames);
            }

            ClearFrames(power, spectrogram.FrameCount - block * Spectrogram.BlockFrames);
        }
    }

    private void GatherHops(ReadOnlySpan<float> samples, int firstFrame)
    {
        // Half a frame of zeros stands before the signal. The first three hops are also part of the block before.
        var start = (firstFrame - HopsPerFrame / 2) * Hop;
        const int Shared = HopsPerFrame - 1;
        if (firstFrame == 0)
        {
            GatherEdge(samples, start, 0, Shared);
        }
        else
        {
            ref var row = ref _hops.First;
            for (var r = 0; r < Hop; r++)
            {
                Vector128.LoadUnsafe(ref row, Spectrogram.BlockFrames).StoreUnsafe(ref row);
                row = ref Unsafe.Add(ref row, HopStride);
            }
        }

        start += Shared * Hop;
        if (start >= 0 && start + Spectrogram.BlockFrames * Hop <= samples.Length)
        {
            GatherInside(ref MemoryMarshal.GetReference(samples[start..]));
        }
        else
        {
            GatherEdge(samples, start, Shared, BlockHops);
        }
    }

    /// <summary>Eight hops that lie inside the signal.</summary>
    private void GatherInside(ref float x)
    {
        ref var row = ref Unsafe.Add(ref _hops.First, HopsPerFrame - 1);
        for (var r = 0; r < Hop; r++)
        {
            Vector256.Create(
                x, Unsafe.Add(ref x, Hop), Unsafe.Add(ref x, 2 * Hop), Unsafe.Add(ref x, 3 * Hop),
                Unsafe.Add(ref x, 4 * Hop), Unsafe.Add(ref x, 5 * Hop), Unsafe.Add(ref x, 6 * Hop), Unsafe.Add(ref x, 7 * Hop))
                .StoreUnsafe(ref row);
            x = ref Unsafe.Add(ref x, 1);
            row = ref Unsafe.Add(ref row, HopStride);
        }
    }

    private void GatherEdge(ReadOnlySpan<float> samples, int start, int firstHop, int endHop)
    {
        for (var c = firstHop; c < endHop; c++)
        {
            for (var r = 0; r < Hop; r++)
            {
                var n = start + (c - firstHop) * Hop + r;
                _hops.Span[r * HopStride + c] = (uint)n < (uint)samples.Length ? samples[n] : 0;
            }
        }
    }

    /// <summary>Zeroes the frames of the last block that lie past the end.</summary>
    private static void ClearFrames(Span<float> power, int frames)
    {
        for (var lane = Math.Max(frames, 0); lane < Spectrogram.BlockFrames; lane++)
        {
            for (var k = 0; k < FeatureVersion.BinCount; k++)
            {
                power[k * Spectrogram.BlockFrames + lane] = 0;
            }
        }
    }

    private static double[] MakeWindow()
    {
        var window = new double[FeatureVersion.FftSize];
        for (var n = 0; n < window.Length; n++)
        {
            window[n] = 0.5 - 0.5 * Math.Cos(2 * Math.PI * n / window.Length);
        }

        return window;
    }

    /// <summary>Four neighbouring frames, sample by sample times the window, straight from the hops they share.</summary>
    private readonly ref struct WindowedFrames(ref float hops, double[] window) : IFftInput
    {
        private readonly ref float _hops = ref hops;
        private readonly ref double _window = ref MemoryMarshal.GetArrayDataReference(window);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Load(int element, int quarter, out Vector256<double> re, out Vector256<double> im)
        {
            // A quarter of the frame is one hop, and the next hop is the next column.
            ref var weight = ref Unsafe.Add(ref _window, 2 * element + quarter * Hop);
            ref var at = ref Unsafe.Add(ref _hops, 2 * element * HopStride + quarter);
            re = Lane.Widen(Vector128.LoadUnsafe(ref at)) * Vector256.Create(weight);
            im = Lane.Widen(Vector128.LoadUnsafe(ref at, HopStride)) * Vector256.Create(Unsafe.Add(ref weight, 1));
        }
    }
}
