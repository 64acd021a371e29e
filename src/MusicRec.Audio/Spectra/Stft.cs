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
    private readonly float[] _hops = new float[Hop * HopStride];

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
                WindowInto(_fft.Input, lane);
                _fft.Transform(power[lane..], Spectrogram.BlockFrames);
            }

            ClearFrames(power, spectrogram.FrameCount - block * Spectrogram.BlockFrames);
        }
    }

    private void GatherHops(ReadOnlySpan<float> samples, int firstFrame)
    {
        for (var c = 0; c < BlockHops; c++)
        {
            // Half a frame of zeros stands before the signal.
            var start = (firstFrame + c - HopsPerFrame / 2) * Hop;
            var from = Math.Clamp(start, 0, samples.Length);
            var to = Math.Clamp(start + Hop, 0, samples.Length);
            if (to - from < Hop)
            {
                for (var r = 0; r < Hop; r++)
                {
                    _hops[r * HopStride + c] = 0;
                }
            }

            var column = _hops.AsSpan(c + (from - start) * (to > from ? HopStride : 0));
            var hop = samples[from..to];
            for (var r = 0; r < hop.Length; r++)
            {
                column[r * HopStride] = hop[r];
            }
        }
    }

    private void WindowInto(Span<Vector256<double>> input, int lane)
    {
        ref var hops = ref MemoryMarshal.GetArrayDataReference(_hops);
        for (var p = 0; p < HopsPerFrame; p++)
        {
            for (var r = 0; r < Hop; r++)
            {
                var frames = Vector128.LoadUnsafe(ref hops, (nuint)(r * HopStride + p + lane));
                var (lower, upper) = Vector128.Widen(frames);
                input[p * Hop + r] = Vector256.Create(lower, upper) * Window[p * Hop + r];
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
}
