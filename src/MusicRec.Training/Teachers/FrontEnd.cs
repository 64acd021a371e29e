using System.Numerics;

namespace MusicRec.Training.Teachers;

/// <summary>A teacher's own spectrogram: windows of samples at its rate, transformed by 512 points and summed into its mel bands.</summary>
internal sealed class FrontEnd
{
    private const int FftSize = 512;
    private const int Bins = FftSize / 2 + 1;

    private readonly double[] _window;
    private readonly int _hop;
    private readonly bool _power;
    private readonly float[][] _bands;
    private readonly Complex[] _frame = new Complex[FftSize];
    private readonly double[] _spectrum = new double[Bins];

    /// <param name="frame">Samples under the periodic Hann window, 512 at most.</param>
    /// <param name="hop">Samples from one frame to the next.</param>
    /// <param name="power">Whether bands sum the power, else the magnitude.</param>
    /// <param name="bands">Weight of each of the 257 bins in each band.</param>
    public FrontEnd(int frame, int hop, bool power, float[][] bands)
    {
        (_hop, _power, _bands) = (hop, power, bands);
        _window = [.. Enumerable.Range(0, frame).Select(n => 0.5 - 0.5 * Math.Cos(2 * Math.PI * n / frame))];
    }

    /// <summary>The bands of each whole frame, frame after frame.</summary>
    public float[][] Compute(ReadOnlySpan<float> samples)
    {
        var frames = new float[Math.Max(0, 1 + (samples.Length - _window.Length) / _hop)][];
        for (var frame = 0; frame < frames.Length; frame++)
        {
            Transform(samples.Slice(frame * _hop, _window.Length));
            frames[frame] = Array.ConvertAll(_bands, Sum);
        }

        return frames;
    }

    private float Sum(float[] weights)
    {
        var sum = 0.0;
        for (var bin = 0; bin < Bins; bin++)
        {
            sum += weights[bin] * _spectrum[bin];
        }

        return (float)sum;
    }

    private void Transform(ReadOnlySpan<float> samples)
    {
        for (var n = 0; n < FftSize; n++)
        {
            _frame[n] = n < samples.Length ? samples[n] * _window[n] : 0;
        }

        Fourier(_frame);
        for (var bin = 0; bin < Bins; bin++)
        {
            var power = _frame[bin].Real * _frame[bin].Real + _frame[bin].Imaginary * _frame[bin].Imaginary;
            _spectrum[bin] = _power ? power : Math.Sqrt(power);
        }
    }

    private static readonly Complex[] Twiddles =
        [.. Enumerable.Range(0, FftSize / 2).Select(k => Complex.FromPolarCoordinates(1, -2 * Math.PI * k / FftSize))];

    /// <summary>In place, radix 2.</summary>
    private static void Fourier(Complex[] values)
    {
        for (int i = 1, j = 0; i < values.Length; i++)
        {
            var bit = values.Length >> 1;
            for (; (j & bit) != 0; bit >>= 1)
            {
                j ^= bit;
            }

            j ^= bit;
            if (i < j)
            {
                (values[i], values[j]) = (values[j], values[i]);
            }
        }

        for (var length = 2; length <= values.Length; length *= 2)
        {
            var step = FftSize / length;
            for (var start = 0; start < values.Length; start += length)
            {
                for (var k = 0; k < length / 2; k++)
                {
                    var upper = values[start + k];
                    var lower = values[start + k + length / 2] * Twiddles[k * step];
                    values[start + k] = upper + lower;
                    values[start + k + length / 2] = upper - lower;
                }
            }
        }
    }
}
