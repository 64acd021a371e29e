namespace MusicRec.Audio.Resampling;

/// <summary>
/// A sinc windowed by a Kaiser window in continuous time: s(x) = Fc sinc(Fc x) I0(β √(1 − (x/H)²)) / I0(β) for |x| &lt; H.
/// </summary>
/// <param name="Cutoff">Fc, the -6 dB point as a share of the sample rate's Nyquist frequency.</param>
/// <param name="Beta">β, the shape of the window: stop band against transition width.</param>
/// <param name="HalfWidth">H, in samples.</param>
internal readonly record struct KaiserSinc(double Cutoff, double Beta, double HalfWidth)
{
    private readonly double _scale = 1 / BesselI0(Beta);

    /// <summary>The value at a distance in samples.</summary>
    public double At(double x)
    {
        var position = x / HalfWidth;
        if (Math.Abs(position) >= 1)
        {
            return 0;
        }

        var u = Math.PI * Cutoff * x;
        var sinc = Math.Abs(u) < 1e-12 ? 1 : Math.Sin(u) / u;
        return Cutoff * sinc * BesselI0(Beta * Math.Sqrt(1 - position * position)) * _scale;
    }

    /// <summary>The taps of a finite filter of odd length: s(j) for j = -(length-1)/2..(length-1)/2, times the gain.</summary>
    public static float[] Taps(int length, double cutoff, double beta, double gain)
    {
        var kernel = new KaiserSinc(cutoff, beta, (length - 1) / 2 + 0.5);
        var taps = new float[length];
        for (var i = 0; i < length; i++)
        {
            taps[i] = (float)(gain * kernel.At(i - (length - 1) / 2));
        }

        return taps;
    }

    /// <summary>Modified Bessel function of the first kind, order 0, by its power series.</summary>
    private static double BesselI0(double x)
    {
        var (sum, term) = (1.0, 1.0);
        for (var k = 1; term > sum * 1e-17; k++)
        {
            term *= x * x / (4.0 * k * k);
            sum += term;
        }

        return sum;
    }
}
