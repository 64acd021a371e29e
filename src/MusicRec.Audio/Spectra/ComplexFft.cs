using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MusicRec.Audio.Spectra;

/// <summary>
/// Fourier transform of four complex signals of length 1024 at once, in double precision:
/// Z[k] = Σ_n z[n] exp(-2πi kn / 1024).
/// </summary>
/// <remarks>
/// One <see cref="Vector256{Double}"/> holds the same element of the four signals, so all arithmetic is vertical and the
/// signals cannot disturb each other. The length is taken as 16 x 64 (Bailey's four steps): first 64 columns of length
/// 16, then 16 rows of length 64, each by radix-4 Stockham passes. The 64 KiB of the whole transform are so walked twice
/// only, what happens between stays in the first-level cache. Rows are padded by one element: without it the elements of
/// a column would lie 4096 bytes apart and fall into the same cache set.
/// </remarks>
internal sealed class ComplexFft
{
    public const int Size = 1024;
    public const int Lanes = 4;

    /// <summary>Number of rows; row r holds the results k = r, r + 16, r + 32...</summary>
    public const int RowCount = 16;

    /// <summary>Results in one row.</summary>
    public const int RowLength = Size / RowCount;

    /// <summary>Vectors from one row to the next.</summary>
    public const int RowStride = 2 * (RowLength + 1);

    /// <summary>exp(-2πi ck/1024) as re, im: column c, row k at 2 (16c + k).</summary>
    private static readonly double[] ColumnTwiddles = MakeColumnTwiddles();

    /// <summary>(w, w², w³) as re, im with w = exp(-2πi p/n) for p = 0..n/4-1: the twiddles of one radix-4 pass of length n.</summary>
    private static readonly double[] Twiddles64 = MakePassTwiddles(64);
    private static readonly double[] Twiddles16 = MakePassTwiddles(16);

    // Element i of a row: real parts of the four signals at [2i], imaginary parts at [2i + 1].
    private readonly AlignedArray<Vector256<double>> _rows = new(RowCount * RowStride);
    private readonly AlignedArray<Vector256<double>> _scratch = new(4 * RowLength);

    /// <summary>
    /// Result k = row + 16 i: real parts at <see cref="RowStride"/> * row + 2i, imaginary parts behind them.
    /// </summary>
    public ref Vector256<double> Results => ref _rows.First;

    /// <summary>Transforms the input; afterwards <see cref="Results"/> holds what came out.</summary>
    public void Transform<TInput>(TInput input)
        where TInput : struct, IFftInput, allows ref struct
    {
        TransformColumns(input);
        for (var row = 0; row < RowCount; row++)
        {
            TransformRow(row);
        }
    }

    private void TransformColumns<TInput>(TInput input)
        where TInput : struct, IFftInput, allows ref struct
    {
        ref var scratch = ref _scratch.First;
        ref var target = ref _rows.First;
        ref var twiddles16 = ref Twiddles16[0];
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

            ref var columnTwiddle = ref ColumnTwiddles[2 * RowCount * column];
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
        ref var twiddle = ref Twiddles64[0];
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
        twiddle = ref Twiddles16[0];
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
        ref Vector256<double> from,
        out Vector256<double> ar, out Vector256<double> ai, out Vector256<double> br, out Vector256<double> bi,
        out Vector256<double> cr, out Vector256<double> ci, out Vector256<double> dr, out Vector256<double> di)
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
        ref Vector256<double> ar, ref Vector256<double> ai, ref Vector256<double> br, ref Vector256<double> bi,
        ref Vector256<double> cr, ref Vector256<double> ci, ref Vector256<double> dr, ref Vector256<double> di)
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
    private static void Load(ref Vector256<double> from, out Vector256<double> re, out Vector256<double> im)
    {
        re = from;
        im = Unsafe.Add(ref from, 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ref Vector256<double> to, Vector256<double> re, Vector256<double> im)
    {
        to = re;
        Unsafe.Add(ref to, 1) = im;
    }

    /// <summary>Stores the product with a twiddle factor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRotated(ref Vector256<double> to, Vector256<double> re, Vector256<double> im, ref double twiddle)
    {
        var wr = Vector256.Create(twiddle);
        var wi = Vector256.Create(Unsafe.Add(ref twiddle, 1));
        to = Lane.SubtractProduct(re * wr, im, wi);
        Unsafe.Add(ref to, 1) = Vector256.MultiplyAddEstimate(re, wi, im * wr);
    }

    private static double[] MakeColumnTwiddles()
    {
        var twiddles = new double[2 * Size];
        for (var i = 0; i < Size; i++)
        {
            (twiddles[2 * i + 1], twiddles[2 * i]) = Math.SinCos(-2 * Math.PI * (i / RowCount) * (i % RowCount) / Size);
        }

        return twiddles;
    }

    private static double[] MakePassTwiddles(int length)
    {
        var twiddles = new double[length / 4 * 6];
        for (var i = 0; i < length / 4 * 3; i++)
        {
            (twiddles[2 * i + 1], twiddles[2 * i]) = Math.SinCos(-2 * Math.PI * (i / 3) * (i % 3 + 1) / length);
        }

        return twiddles;
    }
}
