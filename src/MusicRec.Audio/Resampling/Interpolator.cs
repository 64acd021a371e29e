using System.Numerics;

namespace MusicRec.Audio.Resampling;

/// <summary>
/// Evaluates a signal between its samples: y[m] = Σ_i g(p - i) x[i] at p = m * numerator / denominator.
/// </summary>
/// <remarks>
/// The weights are tabulated by the fractional part of p. It takes as many values as the denominator; where that is
/// more than the table has rows, neighbouring rows are blended linearly (error below -125 dB).
/// </remarks>
internal sealed class Interpolator
{
    private const int MaxRows = 2048;

    private readonly long _numerator;
    private readonly long _denominator;
    private readonly int _rows;
    private readonly int _taps;
    private readonly float[] _weights;

    /// <param name="kernel">g.</param>
    /// <param name="inputRate">Rate of x, in any unit.</param>
    /// <param name="outputRate">Rate of y, in the same unit.</param>
    public Interpolator(KaiserSinc kernel, int inputRate, int outputRate)
    {
        var divisor = (int)BigInteger.GreatestCommonDivisor(inputRate, outputRate);
        _numerator = inputRate / divisor;
        _denominator = outputRate / divisor;
        _rows = (int)Math.Min(_denominator, MaxRows);
        _taps = 2 * (int)Math.Ceiling(kernel.HalfWidth);
        _weights = new float[(_rows + 1) * _taps];
        for (var row = 0; row <= _rows; row++)
        {
            for (var tap = 0; tap < _taps; tap++)
            {
                _weights[row * _taps + tap] = (float)kernel.At((double)row / _rows - (tap - _taps / 2 + 1));
            }
        }
    }

    /// <summary>Samples of x needed for so many outputs.</summary>
    public int InputLength(int outputs) => (int)((outputs - 1) * _numerator / _denominator) + _taps / 2 + 1;

    /// <summary>Fills <paramref name="y"/>.</summary>
    public void Apply(SampleBuffer x, Span<float> y)
    {
        for (var m = 0; m < y.Length; m++)
        {
            var whole = Math.DivRem(m * _numerator, _denominator, out var rest);
            var window = x.Window((int)whole - _taps / 2 + 1, _taps);
            var row = Math.DivRem(rest * _rows, _denominator, out var between);
            y[m] = Fir.Dot(window, Row(row));
            if (between != 0)
            {
                y[m] += (Fir.Dot(window, Row(row + 1)) - y[m]) * ((float)between / _denominator);
            }
        }
    }

    private ReadOnlySpan<float> Row(long row) => _weights.AsSpan((int)row * _taps, _taps);
}
