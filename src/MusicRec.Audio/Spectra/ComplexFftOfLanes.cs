using System.Runtime.CompilerServices;

namespace MusicRec.Audio.Spectra;

/// <summary>
/// Fourier transform of complex signals of length 1024, as many at once as there are lanes, in double precision:
/// Z[k] = Σ_n z[n] exp(-2πi kn / 1024).
/// </summary>
/// <remarks>
/// The same element of all signals lies side by side, so all arithmetic is vertical and the signals cannot disturb each
/// other. The length is taken as 16 x 64 (Bailey's four steps): first 64 columns of length 16, then 16 rows of length 64,
/// each by radix-4 Stockham passes. The 64 KiB of four signals (128 of eight) are so walked twice only, what happens
/// between stays in the first-level cache. Rows are padded by one element: without it the elements of a column would lie
/// 4096 bytes apart and fall into the same cache set.
/// </remarks>
internal sealed class ComplexFft<TLanes>
    where TLanes : unmanaged, ILanes<TLanes>
{
    private const int Size = ComplexFft.Size;
    private const int RowCount = ComplexFft.RowCount;
    private const int RowLength = ComplexFft.RowLength;
    private const int RowStride = ComplexFft.RowStride;

    // Element i of a row: real parts of the signals at [2i], imaginary parts at [2i + 1].
    private readonly AlignedArray<TLanes> _rows = new(RowCount * RowStride);
    private readonly AlignedArray<TLanes> _scratch = new(4 * RowLength);

    /// <summary>
    /// Result k = row + 16 i: real parts at <see cref="ComplexFft.RowStride"/> * row + 2i, imaginary parts behind them.
    /// </summary>
    public ref TLanes Results => ref _rows.First;

    /// <summary>Transforms the input; afterwards <see cref="Results"/> holds what came out.</summary>
    public void Transform<TInput>(TInput input)
        where TInput : struct, IFftInput<TLanes>, allows ref struct
    {
        TransformColumns(input);
        for (var row = 0; row < RowCount; row++)
        {
            TransformRow(row);
        }
    }

    private void TransformColumns<TInput>(TInput input)
        where TInput : struct, IFftInput<TLanes>, allows ref struct
    {
        ref var scratch = ref _scratch.First;
        ref var target = ref _rows.First;
        ref var twiddles16 = ref ComplexFft.Twiddles16[0];
        for (var column = 0; column < RowLength; column++)
        {
            for (var p = 0; p < 4; p++)
            {
                var element = column + p * RowLength;
                input.Load(element, 0, out var ar, out var ai);
                input.Load(element, 1, out var br, out var bi);
                input.Load(element, 2, out var cr, out var ci);
                input.Load(element, 3, out var dr, out var di);
                Butterfly(ref ar, ref ai, ref br, ref bi, ref cr, ref ci, ref dr, ref di);
                ref var twiddle = ref Unsafe.Add(ref twiddles16, 6 * p);
                ref var to = ref Unsafe.Add(ref scratch, 8 * p);
                Store(ref to, ar, ai);
                StoreRotated(ref Unsafe.Add(ref to, 2), br, bi, ref twiddle);
                StoreRotated(ref Unsafe.Add(ref to, 4), cr, ci, ref Unsafe.Add(ref twiddle, 2));
                StoreRotated(ref Unsafe.Add(ref to, 6), dr, di, ref Unsafe.Add(ref twiddle, 4));
            }

            ref var columnTwiddle = ref ComplexFft.ColumnTwiddles[2 * RowCount * column];
            for (var q = 0; q < 4; q++)
            {
                Load(ref Unsafe.Add(ref scratch, 2 * q), out var ar, out var ai);
                Load(ref Unsafe.Add(ref scratch, 2 * (q + 4)), out var br, out var bi);
                Load(ref Unsafe.Add(ref scratch, 2 * (q + 8)), out var cr, out var ci);
                Load(ref Unsafe.Add(ref scratch, 2 * (q + 12)), out var dr, out var di);
                Butterfly(ref ar, ref ai, ref br, ref bi, ref cr, ref ci, ref dr, ref di);
                ref var twiddle = ref Unsafe.Add(ref columnTwiddle, 2 * q);
                ref var to = ref Unsafe.Add(ref target, q * RowStride + 2 * column);
                StoreRotated(ref to, ar, ai, ref twiddle);
                StoreRotated(ref Unsafe.Add(ref to, 4 * RowStride), br, bi, ref Unsafe.Add(ref twiddle, 8));
                StoreRotated(ref Unsafe.Add(ref to, 8 * RowStride), cr, ci, ref Unsafe.Add(ref twiddle, 16));
                StoreRotated(ref Unsafe.Add(ref to, 12 * RowStride), dr, di, ref Unsafe.Add(ref twiddle, 24));
            }
        }
    }

    private void TransformRow(int row)
    {
        ref var x = ref Unsafe.Add(ref _rows.First, row * RowStride);
        ref var first = ref _scratch.First;
        ref var second = ref Unsafe.Add(ref first, 2 * RowLength);

        ref var from = ref x;
        ref var to = ref first;
        ref var twiddle = ref ComplexFft.Twiddles64[0];
        for (var p = 0; p < 16; p++)
        {
            LoadQuarters(ref from, out var ar, out var ai, out var br, out var bi, out var cr, out var ci, out var dr, out var di);
            Store(ref to, ar, ai);
            StoreRotated(ref Unsafe.Add(ref to, 2), br, bi, ref twiddle);
            StoreRotated(ref Unsafe.Add(ref to, 4), cr, ci, ref Unsafe.Add(ref twiddle, 2));
            StoreRotated(ref Unsafe.Add(ref to, 6), dr, di, ref Unsafe.Add(ref twiddle, 4));
            from = ref Unsafe.Add(ref from, 2);
            to = ref Unsafe.Add(ref to, 8);
            twiddle = ref Unsafe.Add(ref twiddle, 6);
        }

        from = ref first;
        to = ref second;
        twiddle = ref ComplexFft.Twiddles16[0];
        for (var p = 0; p < 4; p++)
        {
            for (var q = 0; q < 4; q++)
            {
                LoadQuarters(ref from, out var ar, out var ai, out var br, out var bi, out var cr, out var ci, out var dr, out var di);
                Store(ref to, ar, ai);
                StoreRotated(ref Unsafe.Add(ref to, 8), br, bi, ref twiddle);
                StoreRotated(ref Unsafe.Add(ref to, 16), cr, ci, ref Unsafe.Add(ref twiddle, 2));
                StoreRotated(ref Unsafe.Add(ref to, 24), dr, di, ref Unsafe.Add(ref twiddle, 4));
                from = ref Unsafe.Add(ref from, 2);
                to = ref Unsafe.Add(ref to, 2);
            }

            to = ref Unsafe.Add(ref to, 24);
            twiddle = ref Unsafe.Add(ref twiddle, 6);
        }

        from = ref second;
        to = ref x;
        for (var q = 0; q < 16; q++)
        {
            LoadQuarters(ref from, out var ar, out var ai, out var br, out var bi, out var cr, out var ci, out var dr, out var di);
            Store(ref to, ar, ai);
            Store(ref Unsafe.Add(ref to, 32), br, bi);
            Store(ref Unsafe.Add(ref to, 64), cr, ci);
            Store(ref Unsafe.Add(ref to, 96), dr, di);
            from = ref Unsafe.Add(ref from, 2);
            to = ref Unsafe.Add(ref to, 2);
        }
    }

    /// <summary>Four elements a quarter of a row apart, and their transform of length 4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LoadQuarters(
        ref TLanes from,
        out TLanes ar, out TLanes ai, out TLanes br, out TLanes bi,
        out TLanes cr, out TLanes ci, out TLanes dr, out TLanes di)
    {
        Load(ref from, out ar, out ai);
        Load(ref Unsafe.Add(ref from, RowLength / 2), out br, out bi);
        Load(ref Unsafe.Add(ref from, RowLength), out cr, out ci);
        Load(ref Unsafe.Add(ref from, 3 * RowLength / 2), out dr, out di);
        Butterfly(ref ar, ref ai, ref br, ref bi, ref cr, ref ci, ref dr, ref di);
    }

    /// <summary>Transform of length 4 in place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Butterfly(
        ref TLanes ar, ref TLanes ai, ref TLanes br, ref TLanes bi,
        ref TLanes cr, ref TLanes ci, ref TLanes dr, ref TLanes di)
    {
        var (sumR, sumI) = (ar + cr, ai + ci);
        var (differenceR, differenceI) = (ar - cr, ai - ci);
        var (oddSumR, oddSumI) = (br + dr, bi + di);
        var (oddDifferenceR, oddDifferenceI) = (br - dr, bi - di);
        ar = sumR + oddSumR;
        ai = sumI + oddSumI;
        br = differenceR + oddDifferenceI;
        bi = differenceI - oddDifferenceR;
        cr = sumR - oddSumR;
        ci = sumI - oddSumI;
        dr = differenceR - oddDifferenceI;
        di = differenceI + oddDifferenceR;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load(ref TLanes from, out TLanes re, out TLanes im)
    {
        re = from;
        im = Unsafe.Add(ref from, 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ref TLanes to, TLanes re, TLanes im)
    {
        to = re;
        Unsafe.Add(ref to, 1) = im;
    }

    /// <summary>Stores the product with a twiddle factor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRotated(ref TLanes to, TLanes re, TLanes im, ref double twiddle)
    {
        var wr = TLanes.Broadcast(twiddle);
        var wi = TLanes.Broadcast(Unsafe.Add(ref twiddle, 1));
        to = TLanes.SubtractProduct(re * wr, im, wi);
        Unsafe.Add(ref to, 1) = TLanes.MultiplyAdd(re, wi, im * wr);
    }
}
