using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MathNet.Numerics.IntegralTransforms;
using MusicRec.Audio.Spectra;

namespace MusicRec.Audio.Tests.Spectra;

public sealed class ComplexFftTests
{
    private const int Size = ComplexFft.Size;

    [Fact]
    public void Transform_RandomSignals_EqualsMathNet()
    {
        var random = new Random(1);
        var signals = Enumerable.Range(0, ComplexFft.Lanes)
            .Select(_ => Enumerable.Range(0, Size).Select(_ => new Complex(random.NextDouble() - 0.5, random.NextDouble() - 0.5)).ToArray())
            .ToArray();
        var fft = new ComplexFft();
        fft.Transform(new Input(signals));

        for (var lane = 0; lane < ComplexFft.Lanes; lane++)
        {
            var expected = signals[lane].ToArray();
            Fourier.Forward(expected, FourierOptions.Matlab);
            for (var k = 0; k < Size; k++)
            {
                ref var result = ref Unsafe.Add(ref fft.Results, k % ComplexFft.RowCount * ComplexFft.RowStride + k / ComplexFft.RowCount * 2);
                Assert.Equal(expected[k].Real, result[lane], 1e-12);
                Assert.Equal(expected[k].Imaginary, Unsafe.Add(ref result, 1)[lane], 1e-12);
            }
        }
    }

    private readonly struct Input(Complex[][] signals) : IFftInput
    {
        public void Load(int element, int quarter, out Vector256<double> re, out Vector256<double> im)
        {
            var n = element + quarter * (Size / 4);
            re = Vector256.Create(signals[0][n].Real, signals[1][n].Real, signals[2][n].Real, signals[3][n].Real);
            im = Vector256.Create(signals[0][n].Imaginary, signals[1][n].Imaginary, signals[2][n].Imaginary, signals[3][n].Imaginary);
        }
    }
}
