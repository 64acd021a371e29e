using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MusicRec.Audio.Spectra;

namespace MusicRec.Audio.Resampling;

/// <summary>
/// <see cref="Halver"/> for long filters, by multiplication of spectra (overlap-save): y[m] = Σ_j h[j] x[2m - j] for a
/// symmetric h of odd length.
/// </summary>
/// <remarks>
/// The signal is cut into overlapping blocks of 1024 pairs of samples, z[n] = x[2n] + i x[2n + 1]. One complex transform
/// Z holds the spectra of the even and of the odd samples, and the halved block has the spectrum
/// Y[k] = A[k] Z[k] + B[k] conj(Z[-k]). Each lane holds two blocks that follow each other: as y is real, the
/// second comes back as the imaginary part. In double precision: a spectrum spreads its rounding over the whole block, in single precision
/// that would be noise in quiet passages beside loud ones. Where the filter meets nothing but zeros, the output is set
/// to exact zeros afterwards.
/// </remarks>
internal sealed class FftHalver<TLanes>
    where TLanes : unmanaged, ILanes<TLanes>
{
    private const int Size = ComplexFft.Size;

    private static readonly int BlocksPerGroup = 2 * TLanes.Count;

    private readonly int _half;
    private readonly int _reach;
    private readonly int _blockOutputs;
    private readonly double[] _filter;
    private readonly ComplexFft<TLanes> _first = new();
    private readonly ComplexFft<TLanes> _second = new();
    private readonly ComplexFft<TLanes> _inverse = new();
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
        ref var samples = ref _input[0];
        _first.Transform(new SamplePairs(ref samples, 4 * _blockOutputs));
        _second.Transform(new SamplePairs(ref Unsafe.Add(ref samples, 2 * _blockOutputs), 4 * _blockOutputs));
        _inverse.Transform(new HalvedSpectra(ref _first.Results, ref _second.Results, _filter));
        if (y.Length == _group.Length)
        {
            WriteBlocks(ref MemoryMarshal.GetReference(y));
            return;
        }

        WriteBlocks(ref _group[0]);
        _group.AsSpan(0, y.Length).CopyTo(y);
    }

    /// <summary>The valid part of all blocks, one after the other.</summary>
    private void WriteBlocks(ref float y)
    {
        for (var n = 0; n < _blockOutputs; n++)
        {
            // Real and imaginary part of the input were exchanged, which makes the transform an inverse one.
            ref var result = ref Unsafe.Add(ref _inverse.Results, ComplexFft.Position((uint)(n + _reach)));
            Unsafe.Add(ref result, 1).Scatter(ref Unsafe.Add(ref y, n), 2 * _blockOutputs);
            result.Scatter(ref Unsafe.Add(ref y, _blockOutputs + n), 2 * _blockOutputs);
        }
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
        Complex[] rotations = [.. Enumerable.Range(0, Size).Select(i => Complex.FromPolarCoordinates(1, -2 * Math.PI * i / Size))];
        var filter = new double[4 * Size];
        for (var k = 0; k < Size; k++)
        {
            var (even, odd) = (Complex.Zero, Complex.Zero);
            for (var j = -half; j <= half; j++)
            {
                // y[m] meets x[2m - j]: with even j sample m - j/2 of the even ones, else m - (j+1)/2 of the odd ones.
                var isEven = j % 2 == 0;
                var delay = (isEven ? j : j + 1) / 2;
                var part = taps[j + half] * rotations[k * delay & (Size - 1)];
                (even, odd) = isEven ? (even + part, odd) : (even, odd + part);
            }

            var a = (even - Complex.ImaginaryOne * odd) / (2 * Size);
            var b = (even + Complex.ImaginaryOne * odd) / (2 * Size);
            (filter[4 * k], filter[4 * k + 1], filter[4 * k + 2], filter[4 * k + 3]) = (a.Real, a.Imaginary, b.Real, b.Imaginary);
        }

        return filter;
    }

    /// <summary>Every second block of the signal, even samples as real and odd ones as imaginary part.</summary>
    private readonly ref struct SamplePairs(ref float samples, int blockDistance) : IFftInput<TLanes>
    {
        private readonly ref float _samples = ref samples;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Load(int element, int quarter, out TLanes re, out TLanes im)
        {
            ref var at = ref Unsafe.Add(ref _samples, 2 * element + quarter * (Size / 2));
            re = TLanes.Gather(ref at, blockDistance);
            im = TLanes.Gather(ref Unsafe.Add(ref at, 1), blockDistance);
        }
    }

    /// <summary>Y of the first blocks plus i times Y of the second ones, real and imaginary part exchanged.</summary>
    private readonly ref struct HalvedSpectra(ref TLanes first, ref TLanes second, double[] filter) : IFftInput<TLanes>
    {
        private readonly ref TLanes _first = ref first;
        private readonly ref TLanes _second = ref second;
        private readonly ref double _filter = ref MemoryMarshal.GetArrayDataReference(filter);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Load(int element, int quarter, out TLanes re, out TLanes im)
        {
            var k = (uint)(element + quarter * (Size / 4));
            var at = ComplexFft.Position(k);
            var mirrorAt = ComplexFft.Position((Size - k) % Size);
            ref var first = ref Unsafe.Add(ref _first, at);
            ref var second = ref Unsafe.Add(ref _second, at);
            ref var firstMirror = ref Unsafe.Add(ref _first, mirrorAt);
            ref var secondMirror = ref Unsafe.Add(ref _second, mirrorAt);

            var zr = first - Unsafe.Add(ref second, 1);
            var zi = Unsafe.Add(ref first, 1) + second;
            var mr = firstMirror + Unsafe.Add(ref secondMirror, 1);
            var mi = secondMirror - Unsafe.Add(ref firstMirror, 1);

            ref var filter = ref Unsafe.Add(ref _filter, 4 * k);
            var ar = TLanes.Broadcast(filter);
            var ai = TLanes.Broadcast(Unsafe.Add(ref filter, 1));
            var br = TLanes.Broadcast(Unsafe.Add(ref filter, 2));
            var bi = TLanes.Broadcast(Unsafe.Add(ref filter, 3));
            im = TLanes.MultiplyAdd(zr, ar, mr * br) - TLanes.MultiplyAdd(zi, ai, mi * bi);
            re = TLanes.MultiplyAdd(zr, ai, mr * bi) + TLanes.MultiplyAdd(zi, ar, mi * br);
        }
    }
}
