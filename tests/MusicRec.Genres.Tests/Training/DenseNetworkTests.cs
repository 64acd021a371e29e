using MusicRec.Genres.Training;

namespace MusicRec.Genres.Tests.Training;

public class DenseNetworkTests
{
    [Theory]
    [InlineData(1, 5, 3)]
    [InlineData(9, 7, 6, 5, 3)]
    [InlineData(130, 26, 64, 33, 16, 10)]
    public void Forward_AnyNetwork_EqualsThePlainOne(int count, params int[] sizes)
    {
        var (network, rows, _) = Make(count, sizes, seed: 3);

        var probabilities = network.Forward(Flat(rows), count).ToArray();

        var reference = Reference(network);
        for (var row = 0; row < count; row++)
        {
            var expected = ReferenceNetwork.Forward(reference, rows[row].Select(value => (double)value));
            for (var o = 0; o < network.Outputs; o++)
            {
                Assert.Equal(expected[o], probabilities[row * network.Outputs + o], 1e-5);
            }
        }
    }

    [Fact]
    public void Forward_LargeThenSmallThenLargerBatch_AnswersEachRowAlike()
    {
        var (network, rows, _) = Make(40, [6, 8, 4], seed: 4);
        var all = network.Forward(Flat(rows), 40).ToArray();

        var three = network.Forward(Flat(rows[..3]), 3).ToArray();
        var again = network.Forward(Flat([.. rows, .. rows]), 80).ToArray();

        // A row may fall into the vector part of one batch and the scalar part of another; both use fused steps in the same order.
        Assert.Equal(all[..12], three);
        Assert.Equal(all, again[..160]);
        Assert.Equal(all, again[160..]);
    }

    [Fact]
    public void Forward_HugeLogits_GivesFiniteProbabilities()
    {
        var layer = new DenseLayer(1, 3);
        float[] weights = [1e6f, -1e6f, 1e6f];
        weights.CopyTo(layer.Weights, 0);

        var probabilities = new DenseNetwork([layer]).Forward([1], 1).ToArray();

        Assert.Equal([0.5f, 0, 0.5f], probabilities);
    }

    [Theory]
    [InlineData(5, 4, 3)]
    [InlineData(11, 7, 9, 6, 4)]
    [InlineData(32, 26, 32, 16, 8)]
    [InlineData(1, 3, 5, 2)]
    public void Backward_AnyNetwork_EqualsCentralDifferencesOfEveryParameter(int count, params int[] sizes)
    {
        var (network, rows, targets) = Make(count, sizes, seed: 5);
        var gradient = network.Layers.Select(layer => new DenseLayer(layer.Inputs, layer.Outputs)).ToArray();

        network.Forward(Flat(rows), count);
        network.Backward(targets, gradient);

        var reference = Reference(network);
        for (var i = 0; i < reference.Length; i++)
        {
            CheckSlopes(reference[i].Weights, gradient[i].Weights, $"weight of layer {i}");
            CheckSlopes(reference[i].Biases, gradient[i].Biases, $"bias of layer {i}");
        }

        void CheckSlopes(double[] parameters, float[] slopes, string name)
        {
            const double Step = 1e-5;
            for (var p = 0; p < parameters.Length; p++)
            {
                var value = parameters[p];
                parameters[p] = value + Step;
                var above = ReferenceNetwork.Loss(reference, rows, targets);
                parameters[p] = value - Step;
                var below = ReferenceNetwork.Loss(reference, rows, targets);
                parameters[p] = value;
                var expected = (above - below) / (2 * Step);
                Assert.True(Math.Abs(slopes[p] - expected) < 2e-5 * Math.Max(1, Math.Abs(expected)), $"{name}, number {p}: {slopes[p]}, not {expected}");
            }

            Assert.Contains(slopes, slope => Math.Abs(slope) > 1e-3);
        }
    }

    [Fact]
    public void Backward_AfterALargerBatch_IsTheGradientOfTheLastOne()
    {
        var (network, rows, targets) = Make(20, [6, 8, 4], seed: 6);
        var (fresh, _, _) = Make(20, [6, 8, 4], seed: 6);
        DenseLayer[] first = [new(6, 8), new(8, 4)];
        DenseLayer[] second = [new(6, 8), new(8, 4)];

        network.Forward(Flat(rows), 20);
        network.Backward(targets, first);
        network.Forward(Flat(rows[..5]), 5);
        network.Backward(targets.AsSpan(0, 20), first);
        fresh.Forward(Flat(rows[..5]), 5);
        fresh.Backward(targets.AsSpan(0, 20), second);

        Assert.Equal(second[0].Weights, first[0].Weights);
        Assert.Equal(second[0].Biases, first[0].Biases);
        Assert.Equal(second[1].Weights, first[1].Weights);
        Assert.Equal(second[1].Biases, first[1].Biases);
    }

    [Fact]
    public void Random_ManyWeights_AreGlorotUniformWithZeroBiases()
    {
        var layer = DenseNetwork.Random([200, 100], new Random(1)).Layers[0];

        var limit = Math.Sqrt(6.0 / 300);
        Assert.All(layer.Biases, bias => Assert.Equal(0, bias));
        Assert.InRange(layer.Weights.Max(), 0.99 * limit, limit);
        Assert.InRange(layer.Weights.Min(), -limit, -0.99 * limit);
        Assert.Equal(0, layer.Weights.Average(), 0.01 * limit);
        Assert.Equal(limit * limit / 3, layer.Weights.Average(weight => weight * weight), 0.02 * limit * limit);
    }

    private static (DenseNetwork Network, float[][] Rows, float[] Targets) Make(int count, int[] sizes, int seed)
    {
        var random = new Random(seed);
        var network = DenseNetwork.Random(sizes, random);
        foreach (var layer in network.Layers)
        {
            for (var o = 0; o < layer.Outputs; o++)
            {
                layer.Biases[o] = random.NextSingle() - 0.5f;
            }
        }

        var rows = Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, sizes[0]).Select(_ => 4 * random.NextSingle() - 2).ToArray()).ToArray();
        var targets = Enumerable.Range(0, count).SelectMany(_ => Shares(sizes[^1], random)).ToArray();
        return (network, rows, targets);
    }

    /// <summary>Parts of 1, as mixtures of songs have them.</summary>
    private static IEnumerable<float> Shares(int count, Random random)
    {
        var parts = Enumerable.Range(0, count).Select(_ => random.NextSingle()).ToArray();
        return parts.Select(part => part / parts.Sum());
    }

    private static ReferenceLayer[] Reference(DenseNetwork network) => [.. network.Layers.Select(layer => new ReferenceLayer(layer))];

    private static float[] Flat(IEnumerable<float[]> rows) => [.. rows.SelectMany(row => row)];
}
