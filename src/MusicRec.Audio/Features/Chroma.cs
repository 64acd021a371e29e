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

    /// <summary>librosa <c>util.tiny(float32)</c>: a frame with less in every class stays as it is.</summary>
    private const double Tiny = 1.17549435e-38;

    /// <summary>Computes all frames.</summary>
    /// <param name="spectrogram">The power spectrogram.</param>
    /// <param name="tuningBin">The song's tuning, see <see cref="Tuning.EstimateBin"/>.</param>
    /// <param name="chroma">Receives 12 values per frame, frame by frame, C first.</param>
    public static void Compute(Spectrogram spectrogram, int tuningBin, Span<double> chroma)
    {
        var bank = SparseChromaBank.For(tuningBin);
        // Runs may begin at the last class and go on past it; what lies there belongs to the first ones.
        Span<double> raw = stackalloc double[(Classes + SparseChromaBank.Width) * Lanes];
        for (var block = 0; block < spectrogram.BlockCount; block++)
        {
            raw.Clear();
            var power = spectrogram.Block(block);
            AddBins(power[..(SparseChromaBank.FirstSparseBin * Lanes)], bank.Low, Classes, raw);
            AddBins(power[..(SparseChromaBank.FirstSparseBin * Lanes)], bank.Low.AsSpan(Classes / 2), Classes, raw[(Classes / 2 * Lanes)..]);
            foreach (var run in bank.Runs)
            {
                AddBins(
                    power[(run.Start * Lanes)..(run.End * Lanes)], bank.Weights.AsSpan(run.Start * SparseChromaBank.Width),
                    SparseChromaBank.Width, raw[(run.FirstClass * Lanes)..]);
            }

            for (var i = 0; i < SparseChromaBank.Width * Lanes; i++)
            {
                raw[i] += raw[Classes * Lanes + i];
            }

            var first = block * Lanes;
            for (var lane = 0; lane < Math.Min(Lanes, spectrogram.FrameCount - first); lane++)
            {
                Normalize(raw, lane, chroma.Slice((first + lane) * Classes, Classes));
            }
        }
    }

    /// <summary>Adds weight x power of a run of bins to the sums of six classes; in single precision first, then in double.</summary>
    private static void AddBins(ReadOnlySpan<float> power, ReadOnlySpan<float> weights, int stride, Span<double> sums)
    {
        ref var row = ref MemoryMarshal.GetReference(weights);
        Vector256<float> a0 = default, a1 = default, a2 = default, a3 = default, a4 = default, a5 = default;
        foreach (var bin in MemoryMarshal.Cast<float, Vector256<float>>(power))
        {
            a0 = Vector256.MultiplyAddEstimate(bin, Vector256.Create(row), a0);
            a1 = Vector256.MultiplyAddEstimate(bin, Vector256.Create(Unsafe.Add(ref row, 1)), a1);
            a2 = Vector256.MultiplyAddEstimate(bin, Vector256.Create(Unsafe.Add(ref row, 2)), a2);
            a3 = Vector256.MultiplyAddEstimate(bin, Vector256.Create(Unsafe.Add(ref row, 3)), a3);
            a4 = Vector256.MultiplyAddEstimate(bin, Vector256.Create(Unsafe.Add(ref row, 4)), a4);
            a5 = Vector256.MultiplyAddEstimate(bin, Vector256.Create(Unsafe.Add(ref row, 5)), a5);
            row = ref Unsafe.Add(ref row, stride);
        }

        AddTo(sums, a0);
        AddTo(sums[Lanes..], a1);
        AddTo(sums[(2 * Lanes)..], a2);
        AddTo(sums[(3 * Lanes)..], a3);
        AddTo(sums[(4 * Lanes)..], a4);
        AddTo(sums[(5 * Lanes)..], a5);
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
