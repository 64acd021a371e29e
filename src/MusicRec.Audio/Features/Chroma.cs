using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MusicRec.Audio.Spectra;

namespace MusicRec.Audio.Features;

/// <summary>
/// How strongly each of the 12 pitch classes sounds in each frame (librosa <c>feature.chroma_stft</c> with default
/// arguments). Every frame is scaled to a maximum of 1, however quiet it is; digital silence gives zeros.
/// </summary>
internal static class Chroma
{
    private const int Lanes = Spectrogram.BlockFrames;
    private const int Classes = FeatureVersion.ChromaCount;

    /// <summary>Bins summed in single precision before the sum goes on in double.</summary>
    private const int ChunkBins = 41;

    /// <summary>librosa <c>util.tiny(float32)</c>: a frame with less in every class stays as it is.</summary>
    private const double Tiny = 1.17549435e-38;

    /// <summary>Computes all frames.</summary>
    /// <param name="spectrogram">The power spectrogram.</param>
    /// <param name="tuningBin">The song's tuning, see <see cref="Tuning.EstimateBin"/>.</param>
    /// <param name="chroma">Receives 12 values per frame, frame by frame, C first.</param>
    public static void Compute(Spectrogram spectrogram, int tuningBin, Span<double> chroma)
    {
        var weights = ChromaFilterBank.Weights(tuningBin);
        Span<double> raw = stackalloc double[Classes * Lanes];
        for (var block = 0; block < spectrogram.BlockCount; block++)
        {
            raw.Clear();
            for (var bin = 0; bin < FeatureVersion.BinCount; bin += ChunkBins)
            {
                AddChunk(spectrogram.Block(block).Slice(bin * Lanes, ChunkBins * Lanes), weights.AsSpan(bin * Classes), raw);
            }

            var first = block * Lanes;
            for (var lane = 0; lane < Math.Min(Lanes, spectrogram.FrameCount - first); lane++)
            {
                Normalize(raw, lane, chroma.Slice((first + lane) * Classes, Classes));
            }
        }
    }

    /// <summary>Adds weight x power of a run of bins to the 12 sums of each lane.</summary>
    private static void AddChunk(ReadOnlySpan<float> power, ReadOnlySpan<float> weights, Span<double> sums)
    {
        ref var s = ref MemoryMarshal.GetReference(power);
        ref var w = ref MemoryMarshal.GetReference(weights);
        for (var c = 0; c < Classes; c += 6)
        {
            Vector256<float> a0 = default, a1 = default, a2 = default, a3 = default, a4 = default, a5 = default;
            for (var k = 0; k < ChunkBins; k++)
            {
                var bin = Vector256.LoadUnsafe(ref s, (nuint)(k * Lanes));
                ref var row = ref Unsafe.Add(ref w, k * Classes + c);
                a0 = Vector256.MultiplyAddEstimate(bin, Vector256.Create(row), a0);
                a1 = Vector256.MultiplyAddEstimate(bin, Vector256.Create(Unsafe.Add(ref row, 1)), a1);
                a2 = Vector256.MultiplyAddEstimate(bin, Vector256.Create(Unsafe.Add(ref row, 2)), a2);
                a3 = Vector256.MultiplyAddEstimate(bin, Vector256.Create(Unsafe.Add(ref row, 3)), a3);
                a4 = Vector256.MultiplyAddEstimate(bin, Vector256.Create(Unsafe.Add(ref row, 4)), a4);
                a5 = Vector256.MultiplyAddEstimate(bin, Vector256.Create(Unsafe.Add(ref row, 5)), a5);
            }

            AddTo(sums[(c * Lanes)..], a0);
            AddTo(sums[((c + 1) * Lanes)..], a1);
            AddTo(sums[((c + 2) * Lanes)..], a2);
            AddTo(sums[((c + 3) * Lanes)..], a3);
            AddTo(sums[((c + 4) * Lanes)..], a4);
            AddTo(sums[((c + 5) * Lanes)..], a5);
        }
    }

    private static void AddTo(Span<double> sums, Vector256<float> chunk)
    {
        var (lower, upper) = Vector256.Widen(chunk);
        (Vector256.Create<double>(sums) + lower).CopyTo(sums);
        (Vector256.Create<double>(sums[4..]) + upper).CopyTo(sums[4..]);
    }

    private static void Normalize(ReadOnlySpan<double> raw, int lane, Span<double> frame)
    {
        var strongest = 0.0;
        for (var c = 0; c < Classes; c++)
        {
            frame[c] = raw[c * Lanes + lane];
            strongest = Math.Max(strongest, frame[c]);
        }

        if (strongest < Tiny)
        {
            return;
        }

        foreach (ref var value in frame)
        {
            value /= strongest;
        }
    }
}
