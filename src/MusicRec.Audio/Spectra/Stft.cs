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

    /// <summary>Row length the hops are stored with: a block of eight frames reaches over eleven.</summary>
    private const int HopStride = 16;

    private static readonly double[] Window = MakeWindow();

    /// <summary>Eight frames at once where the processor can, else four.</summary>
    private readonly RealFft<EightLanes>? _eight = EightLanes.AreFast ? new() : null;
    private readonly RealFft<FourLanes>? _four = EightLanes.AreFast ? null : new();

    // Sample r of hop c of the block: element r * 16 + c. Frame j begins at column j, so one load takes a sample of
    // several neighbouring frames.
    private readonly AlignedArray<float> _hops = new(Hop * HopStride);

    // Read in one go: the hops are read from in eight places at once.
    private readonly float[] _next = new float[Spectrogram.BlockFrames * Hop];

    /// <summary>Number of frames of so many samples (at least one sample).</summary>
    public static int FrameCount(int samples) => 1 + samples / Hop;

    /// <summary>Makes room for the transform of a signal; its blocks follow, one after the other.</summary>
    /// <param name="samples">At least one sample at 22 050 Hz.</param>
    /// <param name="spectrogram">Will receive the power spectrum.</param>
    public void Begin(ReadOnlySpan<float> samples, Spectrogram spectrogram)
    {
        spectrogram.Resize(FrameCount(samples.Length));
        Advance(samples, block: -1);
    }

    /// <summary>Transforms the next eight frames.</summary>
    /// <param name="samples">The same as at the beginning.</param>
    /// <param name="spectrogram">The same as at the beginning.</param>
    /// <param name="block">0, then 1 and so on.</param>
    public void ComputeBlock(ReadOnlySpan<float> samples, Spectrogram spectrogram, int block)
    {
        var power = spectrogram.WritableBlock(block);
        Advance(samples, block);
        if (_eight is not null)
        {
            Transform(_eight, power);
        }
        else
        {
            Transform(_four!, power);
        }

        ClearFrames(power, spectrogram.FrameCount - block * Spectrogram.BlockFrames);
    }

    private void Transform<TLanes>(RealFft<TLanes> fft, Span<float> power)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        for (var frame = 0; frame < Spectrogram.BlockFrames; frame += TLanes.Count)
        {
            fft.Transform(new WindowedFrames<TLanes>(ref _hops.Span[frame], Window), power[frame..], Spectrogram.BlockFrames);
        }
    }

    /// <summary>
    /// Makes the hops those of the next block: the last three become the first three, and eight follow. The first block
    /// comes after one that ends with the zeros before the signal and its first hop.
    /// </summary>
    private void Advance(ReadOnlySpan<float> samples, int block)
    {
        var start = (block * Spectrogram.BlockFrames + 1) * Hop;
        var from = Math.Clamp(start, 0, samples.Length);
        var to = Math.Clamp(start + _next.Length, from, samples.Length);
        _next.AsSpan().Clear();
        if (to > from)
        {
            samples[from..to].CopyTo(_next.AsSpan(from - start));
        }

        ref var x = ref _next[0];
        ref var row = ref _hops.First;
        for (var r = 0; r < Hop; r++)
        {
            Vector128.LoadUnsafe(ref row, Spectrogram.BlockFrames).StoreUnsafe(ref row);
            Vector256.Create(
                x, Unsafe.Add(ref x, Hop), Unsafe.Add(ref x, 2 * Hop), Unsafe.Add(ref x, 3 * Hop),
                Unsafe.Add(ref x, 4 * Hop), Unsafe.Add(ref x, 5 * Hop), Unsafe.Add(ref x, 6 * Hop), Unsafe.Add(ref x, 7 * Hop))
                .StoreUnsafe(ref row, HopsPerFrame - 1);
            x = ref Unsafe.Add(ref x, 1);
            row = ref Unsafe.Add(ref row, HopStride);
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

    /// <summary>Neighbouring frames, sample by sample times the window, straight from the hops they share.</summary>
    private readonly ref struct WindowedFrames<TLanes>(ref float hops, double[] window) : IFftInput<TLanes>
        where TLanes : unmanaged, ILanes<TLanes>
    {
        private readonly ref float _hops = ref hops;
        private readonly ref double _window = ref MemoryMarshal.GetArrayDataReference(window);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Load(int element, int quarter, out TLanes re, out TLanes im)
        {
            // A quarter of the frame is one hop, and the next hop is the next column.
            ref var weight = ref Unsafe.Add(ref _window, 2 * element + quarter * Hop);
            ref var at = ref Unsafe.Add(ref _hops, 2 * element * HopStride + quarter);
            re = TLanes.Load(ref at) * TLanes.Broadcast(weight);
            im = TLanes.Load(ref Unsafe.Add(ref at, HopStride)) * TLanes.Broadcast(Unsafe.Add(ref weight, 1));
        }
    }
}
