using System.Numerics;
using MathNet.Numerics.IntegralTransforms;
using MusicRec.Audio.Features;

namespace MusicRec.Audio.Tests.Spectra;

/// <summary>The transforms as the textbook writes them.</summary>
internal static class SlowTransform
{
    private const int Size = FeatureVersion.FftSize;

    /// <summary>|X|² of the first 1025 bins by the sum that defines the discrete Fourier transform.</summary>
    public static double[] DftPower(double[] frame)
    {
        var roots = Enumerable.Range(0, Size).Select(n => Complex.Exp(new Complex(0, -2 * Math.PI * n / Size))).ToArray();
        var power = new double[FeatureVersion.BinCount];
        for (var k = 0; k < power.Length; k++)
        {
            var sum = Complex.Zero;
            for (var n = 0; n < Size; n++)
            {
                sum += frame[n] * roots[(int)((long)k * n % Size)];
            }

            power[k] = sum.Real * sum.Real + sum.Imaginary * sum.Imaginary;
        }

        return power;
    }

    /// <summary>|X|² of the first 1025 bins by Math.NET.</summary>
    public static double[] MathNetPower(double[] frame)
    {
        var spectrum = frame.Select(sample => new Complex(sample, 0)).ToArray();
        Fourier.Forward(spectrum, FourierOptions.Matlab);
        return [.. spectrum.Take(FeatureVersion.BinCount).Select(x => x.Real * x.Real + x.Imaginary * x.Imaginary)];
    }

    /// <summary>librosa's stft, squared: zeros of half a frame on both sides, periodic Hann window, hop 512.</summary>
    public static double[][] StftPower(float[] samples)
    {
        var padded = new double[samples.Length + Size];
        samples.Select(sample => (double)sample).ToArray().CopyTo(padded, Size / 2);
        var frames = new double[1 + samples.Length / FeatureVersion.HopLength][];
        for (var t = 0; t < frames.Length; t++)
        {
            var frame = padded[(t * FeatureVersion.HopLength)..][..Size];
            frames[t] = MathNetPower([.. frame.Select((sample, n) => sample * Math.Pow(Math.Sin(Math.PI * n / Size), 2))]);
        }

        return frames;
    }

    /// <summary>Equal as single-precision magnitudes of a transform in double are.</summary>
    public static void AssertEqual(double[] expectedPower, IReadOnlyList<float> power)
    {
        var noise = 1e-12 * Math.Sqrt(expectedPower.Max());
        for (var k = 0; k < expectedPower.Length; k++)
        {
            var magnitude = Math.Sqrt(expectedPower[k]);
            Assert.Equal(magnitude, Math.Sqrt(power[k]), 1e-7 * magnitude + noise + 1e-22);
        }
    }
}
