using System.Numerics;
using System.Runtime.CompilerServices;
using MathNet.Numerics.IntegralTransforms;
using MusicRec.Audio.Spectra;

namespace MusicRec.Audio.Tests.Spectra;

public sealed class ComplexFftTests
{
    private const int Size = ComplexFft.Size;

    [Fact]
    public void Transform_FourRandomSignals_EqualsMathNet() => AssertEqualsMathNet<FourLanes>();

    [Fact]
    public void Transform_EightRandomSignals_EqualsMathNet() => AssertEqualsMathNet<EightLanes>();

    private static void AssertEqualsMathNet<TLanes>()
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var random = new Random(1);
        var signals = Enumerable.Range(0, TLanes.Count)
            .Select(_ => Enumerable.Range(0, Size).Select(_ => new Complex(random.NextDouble() - 0.5, random.NextDouble() - 0.5)).ToArray())
            .ToArray();
        var fft = new ComplexFft<TLanes>();
        fft.Transform(new Input<TLanes>(signals));

        for (var lane = 0; lane < TLanes.Count; lane++)
        {
            var expected = signals[lane].ToArray();
            Fourier.Forward(expected, FourierOptions.Matlab);
            for (var k = 0; k < Size; k++)
            {
                ref var result = ref Unsafe.Add(ref fft.Results, ComplexFft.Position((uint)k));
                Assert.Equal(expected[k].Real, LaneValues.Of(ref result)[lane], 1e-12);
                Assert.Equal(expected[k].Imaginary, LaneValues.Of(ref Unsafe.Add(ref result, 1))[lane], 1e-12);
            }
        }
    }

    private readonly struct Input<TLanes>(Complex[][] signals) : IFftInput<TLanes>
        where TLanes : unmanaged, ILanes<TLanes>
    {
        public void Load(int element, int quarter, out TLanes re, out TLanes im)
        {
            var n = element + quarter * (Size / 4);
            var values = signals;
            re = LaneValues.Make<TLanes>(lane => values[lane][n].Real);
            im = LaneValues.Make<TLanes>(lane => values[lane][n].Imaginary);
        }
    }
}
