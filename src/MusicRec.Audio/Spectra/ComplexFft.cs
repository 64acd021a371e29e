namespace MusicRec.Audio.Spectra;

/// <summary>Lengths and twiddle factors of <see cref="ComplexFft{TLanes}"/>, the same for all widths.</summary>
internal static class ComplexFft
{
    public const int Size = 1024;

    /// <summary>Number of rows; row r holds the results k = r, r + 16, r + 32...</summary>
    public const int RowCount = 16;

    /// <summary>Results in one row.</summary>
    public const int RowLength = Size / RowCount;

    /// <summary>Elements from one row to the next, real and imaginary parts counted.</summary>
    public const int RowStride = 2 * (RowLength + 1);

    /// <summary>exp(-2πi ck/1024) as re, im: column c, row k at 2 (16c + k).</summary>
    public static readonly double[] ColumnTwiddles = MakeColumnTwiddles();

    /// <summary>(w, w², w³) as re, im with w = exp(-2πi p/n) for p = 0..n/4-1: the twiddles of one radix-4 pass of length n.</summary>
    public static readonly double[] Twiddles64 = MakePassTwiddles(64);
    public static readonly double[] Twiddles16 = MakePassTwiddles(16);

    /// <summary>Where the real part of result k lies.</summary>
    public static uint Position(uint k) => k % RowCount * RowStride + 2 * (k / RowCount);

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
