using MusicRec.Genres.Training;

namespace MusicRec.Genres.Tests.Training;

public class AdamTests
{
    [Theory]
    [InlineData(3f)]
    [InlineData(-0.002f)]
    public void Step_First_MovesByTheLearningRateAgainstTheSign(float slope)
    {
        var layer = new DenseLayer(1, 1);
        var gradient = new DenseLayer(1, 1);
        gradient.Weights[0] = slope;
        gradient.Biases[0] = -slope;

        new Adam([layer], 0.01, 0).Step([gradient]);

        Assert.Equal(-0.01 * Math.Sign(slope), layer.Weights[0], 2e-5);
        Assert.Equal(0.01 * Math.Sign(slope), layer.Biases[0], 2e-5);
    }

    [Fact]
    public void Step_ZeroGradient_MovesNothing()
    {
        var layer = DenseLayer.Random(3, 2, new Random(1));
        var before = layer.Weights.ToArray();

        new Adam([layer], 0.01, 0).Step([new DenseLayer(3, 2)]);

        Assert.Equal(before, layer.Weights);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    public void Step_ManySteps_EqualsThePlainUpdateOfThePapers(double decay)
    {
        var random = new Random(2);
        DenseLayer[] layers = [DenseLayer.Random(4, 3, random), DenseLayer.Random(3, 2, random)];
        DenseLayer[] gradient = [new(4, 3), new(3, 2)];
        var plain = layers.SelectMany(Parameters).Select(array => new PlainAdam(array)).ToArray();
        double[] decays = [decay, 0, decay, 0];
        var adam = new Adam(layers, 0.01, decay);

        for (var step = 0; step < 200; step++)
        {
            foreach (var slopes in gradient.SelectMany(Parameters))
            {
                for (var i = 0; i < slopes.Length; i++)
                {
                    slopes[i] = random.NextSingle() - 0.3f;
                }
            }

            adam.Step(gradient);
            foreach (var (reference, slopes, shrink) in plain.Zip(gradient.SelectMany(Parameters), decays))
            {
                reference.Step(slopes, 0.01, shrink);
            }
        }

        foreach (var (reference, actual) in plain.Zip(layers.SelectMany(Parameters)))
        {
            for (var i = 0; i < actual.Length; i++)
            {
                Assert.Equal(reference.Values[i], actual[i], 1e-4);
            }
        }
    }

    private static IEnumerable<float[]> Parameters(DenseLayer layer) => [layer.Weights, layer.Biases];

    /// <summary>Algorithm 1 of Kingma and Ba (2015) with line 12 of algorithm 2 of Loshchilov and Hutter (2019), in double precision.</summary>
    private sealed class PlainAdam(float[] start)
    {
        private readonly double[] _m = new double[start.Length];
        private readonly double[] _v = new double[start.Length];
        private int _t;

        public double[] Values { get; } = [.. start.Select(value => (double)value)];

        public void Step(float[] g, double alpha, double lambda)
        {
            _t++;
            for (var i = 0; i < g.Length; i++)
            {
                _m[i] = 0.9 * _m[i] + 0.1 * g[i];
                _v[i] = 0.999 * _v[i] + 0.001 * g[i] * g[i];
                var mHat = _m[i] / (1 - Math.Pow(0.9, _t));
                var vHat = _v[i] / (1 - Math.Pow(0.999, _t));
                Values[i] -= alpha * (mHat / (Math.Sqrt(vHat) + 1e-7) + lambda * Values[i]);
            }
        }
    }
}
