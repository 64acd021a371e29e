using System.Numerics;
using System.Numerics.Tensors;
using MusicRec.Audio.Features;

namespace MusicRec.Training.Teachers;

/// <summary>Brings samples at 22 050 Hz to a teacher's lower rate: a sinc under a Hann window, flat to nine tenths of the band.</summary>
internal sealed class Downsampler
{
    private const int ZeroCrossings = 32;
    private const double PassBand = 0.95;

    private readonly int _numerator;
    private readonly float[][] _phases;

    /// <param name="rate">In Hz, below 22 050.</param>
    public Downsampler(int rate)
    {
        var divisor = (int)BigInteger.GreatestCommonDivisor(rate, FeatureVersion.SampleRate);
        var denominator = rate / divisor;
        _numerator = FeatureVersion.SampleRate / divisor;
        var cutoff = PassBand * rate / FeatureVersion.SampleRate;
        var half = (int)Math.Ceiling(ZeroCrossings / cutoff);
        _phases = [.. Enumerable.Range(0, denominator).Select(phase => Enumerable.Range(0, 2 * half)
            .Select(tap => Weight(cutoff, half, (double)phase / denominator - (tap - half + 1))).ToArray())];
    }

    /// <summary>As many samples as the quotient of the rates gives, rounded down; zeros lie around the input.</summary>
    public float[] Apply(ReadOnlySpan<float> samples)
    {
        var taps = _phases[0].Length;
        var padded = new float[samples.Length + 2 * taps];
        samples.CopyTo(padded.AsSpan(taps));
        var output = new float[(int)((long)samples.Length * _phases.Length / _numerator)];
        for (var m = 0; m < output.Length; m++)
        {
            var (whole, phase) = Math.DivRem((long)m * _numerator, _phases.Length);
            output[m] = TensorPrimitives.Dot(padded.AsSpan((int)whole + taps / 2 + 1, taps), _phases[(int)phase]);
        }

        return output;
    }

    private static float Weight(double cutoff, int half, double distance)
    {
        if (Math.Abs(distance) >= half)
        {
            return 0;
        }

        var angle = Math.PI * cutoff * distance;
        var sinc = Math.Abs(angle) < 1e-12 ? 1 : Math.Sin(angle) / angle;
        return (float)(cutoff * sinc * (0.5 + 0.5 * Math.Cos(Math.PI * distance / half)));
    }
}
