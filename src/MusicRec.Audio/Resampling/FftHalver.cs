using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MusicRec.Audio.Spectra;

namespace MusicRec.Audio.Resampling;

/// <summary>
/// <see cref="Halver"/> for long filters, by multiplication of spectra (overlap-save): y[m] = Σ_j h[j] x[2m - j] for a
/// symmetric h of odd length.
/// </summary>
/// <remarks>
/// The signal is cut into overlapping blocks of 1024 pairs of samples, z[n] = x[2n] + i x[2n + 1]. One complex transform
/// Z holds the spectra of the even and of the odd samples, and the halved block has the spectrum
/// Y[k] = A[k] Z[k] + B[k] conj(Z[-k]). Four blocks lie in the lanes of a vector; as y is real, four more come back as
/// the imaginary part. In double precision: a spectrum spreads its rounding over the whole block, in single precision
/// that would be noise in quiet passages beside loud ones. Where the filter meets nothing but zeros, the output is set
/// to exact zeros afterwards.
/// </remarks>
internal sealed class FftHalver
{
    private const int Size = ComplexFft.Size;
    private const int Lanes = ComplexFft.Lanes;
    private const int BlocksPerGroup = 2 * Lanes;

    private readonly int _half;
    private readonly int _reach;
    private readonly int _blockOutputs;
    private readonly double[] _filter;
    private readonly ComplexFft _lower = new();
    private readonly ComplexFft _upper = new();
    private readonly ComplexFft _inverse = new();
    private readonly float[] _input;
    private readonly float[] _group;

    /// <param name="taps">The filter h, centre in the middle; up to 500 taps.</param>
    public FftHalver(float[] taps)
    {
        _half = taps.Length / 2;
        // Outputs nearer than this to an end of a block would meet its other end.
        _reach = _half / 2 + 1;
        _blockOutputs = Size - 2 * _reach;
        ArgumentOutOfRangeException.ThrowIfLessThan(_blockOutputs, Size / 2, nameof(taps));
        _filter = MakeFilter(taps);
        _group = new float[BlocksPerGroup * _blockOutputs];
        _input = new float[2 * ((BlocksPerGroup - 1) * _blockOutputs + Size)];
    }

    /// <summary>Fills y with the first outputs; outside x there are zeros.</summary>
    public void Apply(ReadOnlySpan<float> x, Span<float> y)
    {
        for (var done = 0; done < y.Length; done += _group.Length)
        {
            // Read in one go, as the blocks are read from in many places at once; outside the signal there are zeros.
            var start = 2 * (done - _reach);
            var before = Math.Max(0, -start);
            var inside = x[Math.Clamp(start, 0, x.Length)..Math.Clamp(start + _input.Length, 0, x.Length)];
            _input.AsSpan(0, before).Clear();
            inside.CopyTo(_input.AsSpan(before));
            _input.AsSpan(before + inside.Length).Clear();
            FilterGroup(y.Slice(done, Math.Min(_group.Length, y.Length - done)));
        }

        ClearSilence(x, y);
    }

    private void FilterGroup(Span<float> y)
    {
        ref var first = ref _input[0];
        _lower.Transform(new SamplePairs(ref first, 2 * _blockOutputs));
        _upper.Transform(new SamplePairs(ref Unsafe.Add(ref first, 2 * Lanes * _blockOutputs), 2 * _blockOutputs));
        _inverse.Transform(new HalvedSpectra(ref _lower.Results, ref _upper.Results, _filter));
        if (y.Length == _group.Length)
        {
            WriteBlocks(ref MemoryMarshal.GetReference(y));
            return;
        }

        WriteBlocks(ref _group[0]);
        _group.AsSpan(0, y.Length).CopyTo(y);
    }

    /// <summary>The valid part of eight blocks, one after the other.</summary>
    private void WriteBlocks(ref float y)
    {
        for (var n = 0; n < _blockOutputs; n++)
        {
            // Real and imaginary part of the input were exchanged, which makes the transform an inverse one.
            ref var result = ref Unsafe.Add(ref _inverse.Results, HalvedSpectra.Position((uint)(n + _reach)));
            WriteLanes(Lane.Narrow(Unsafe.Add(ref result, 1)), ref Unsafe.Add(ref y, n));
            WriteLanes(Lane.Narrow(result), ref Unsafe.Add(ref y, Lanes * _blockOutputs + n));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void WriteLanes(Vector128<float> values, ref float y)
    {
        y = values[0];
        Unsafe.Add(ref y, _blockOutputs) = values[1];
        Unsafe.Add(ref y, 2 * _blockOutputs) = values[2];
        Unsafe.Add(ref y, 3 * _blockOutputs) = values[3];
    }

    /// <summary>Sets the outputs to zero whose filter lies within a run of zeros.</summary>
    private void ClearSilence(ReadOnlySpan<float> x, Span<float> y)
    {
        // Probes lie no further apart than the shortest run that matters is long.
        for (var probe = 0; probe < x.Length; probe += 2 * _half + 1)
        {
            if (x[probe] != 0)
            {
                continue;
            }

            var start = x[..probe].LastIndexOfAnyExcept(0f) + 1;
            var length = x[probe..].IndexOfAnyExcept(0f);
            var end = length < 0 ? x.Length : probe + length;

            // Outside the signal there are zeros as well.
            var first = start == 0 ? 0 : (start + _half + 1) / 2;
            var past = end == x.Length ? y.Length : Math.Min((end - _half + 1) / 2, y.Length);
            if (past > first)
            {
                y[first..past].Clear();
            }

            // Not once more through the same run: a silent song is one.
            probe = end;
        }
    }

    /// <summary>
    /// A[k] and B[k] as re, im, re, im: with He and Ho the spectra of the taps that meet the even and the odd samples,
    /// A = (He - i Ho) / 2 and B = (He + i Ho) / 2, divided by 1024 for the way back.
    /// </summary>
    private static double[] MakeFilter(float[] taps)
    {
        var half = taps.Length / 2;
        var filter = new double[4 * Size];
        for (var k = 0; k < Size; k++)
        {
            var (even, odd) = (Complex.Zero, Complex.Zero);
            for (var j = -half; j <= half; j++)
            {
                // y[m] meets x[2m - j]: with even j sample m - j/2 of the even ones, else m - (j+1)/2 of the odd ones.
                var isEven = j % 2 == 0;
                var delay = (isEven ? j : j + 1) / 2;
                var part = taps[j + half] * Complex.FromPolarCoordinates(1, -2 * Math.PI * ((long)k * delay % Size) / Size);
                (even, odd) = isEven ? (even + part, odd) : (even, odd + part);
            }

            var a = (even - Complex.ImaginaryOne * odd) / (2 * Size);
            var b = (even + Complex.ImaginaryOne * odd) / (2 * Size);
            (filter[4 * k], filter[4 * k + 1], filter[4 * k + 2], filter[4 * k + 3]) = (a.Real, a.Imaginary, b.Real, b.Imaginary);
        }

        return filter;
    }

    /// <summary>Four blocks of the signal, even samples as real and odd ones as imaginary part.</summary>
    private readonly ref struct SamplePairs(ref float samples, int blockDistance) : IFftInput
    {
        private readonly ref float _block0 = ref samples;
        private readonly ref float _block1 = ref Unsafe.Add(ref samples, blockDistance);
        private readonly ref float _block2 = ref Unsafe.Add(ref samples, 2 * blockDistance);
        private readonly ref float _block3 = ref Unsafe.Add(ref samples, 3 * blockDistance);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Load(int element, int quarter, out Vector256<double> re, out Vector256<double> im)
        {
            var n = 2 * element + quarter * (Size / 2);
            re = Samples(n);
            im = Samples(n + 1);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private Vector256<double> Samples(int n) => Lane.Widen(Vector128.Create(
            Unsafe.Add(ref _block0, n), Unsafe.Add(ref _block1, n), Unsafe.Add(ref _block2, n), Unsafe.Add(ref _block3, n)));
    }

    /// <summary>Y of four blocks plus i times Y of four more, real and imaginary part exchanged.</summary>
    private readonly ref struct HalvedSpectra(ref Vector256<double> lower, ref Vector256<double> upper, double[] filter) : IFftInput
    {
        private readonly ref Vector256<double> _lower = ref lower;
        private readonly ref Vector256<double> _upper = ref upper;
        private readonly ref double _filter = ref MemoryMarshal.GetArrayDataReference(filter);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Load(int element, int quarter, out Vector256<double> re, out Vector256<double> im)
        {
            var k = (uint)(element + quarter * (Size / 4));
            var at = Position(k);
            var mirrorAt = Position((Size - k) % Size);
            ref var lower = ref Unsafe.Add(ref _lower, at);
            ref var upper = ref Unsafe.Add(ref _upper, at);
            ref var lowerMirror = ref Unsafe.Add(ref _lower, mirrorAt);
            ref var upperMirror = ref Unsafe.Add(ref _upper, mirrorAt);

            var zr = lower - Unsafe.Add(ref upper, 1);
            var zi = Unsafe.Add(ref lower, 1) + upper;
            var mr = lowerMirror + Unsafe.Add(ref upperMirror, 1);
            var mi = upperMirror - Unsafe.Add(ref lowerMirror, 1);

            ref var filter = ref Unsafe.Add(ref _filter, 4 * k);
            var ar = Vector256.Create(filter);
            var ai = Vector256.Create(Unsafe.Add(ref filter, 1));
            var br = Vector256.Create(Unsafe.Add(ref filter, 2));
            var bi = Vector256.Create(Unsafe.Add(ref filter, 3));
            im = Vector256.MultiplyAddEstimate(zr, ar, mr * br) - Vector256.MultiplyAddEstimate(zi, ai, mi * bi);
            re = Vector256.MultiplyAddEstimate(zr, ai, mr * bi) + Vector256.MultiplyAddEstimate(zi, ar, mi * br);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static uint Position(uint k) => k % ComplexFft.RowCount * ComplexFft.RowStride + 2 * (k / ComplexFft.RowCount);
    }
}
