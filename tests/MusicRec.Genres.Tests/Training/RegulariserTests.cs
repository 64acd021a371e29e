using MusicRec.Genres.Training;

namespace MusicRec.Genres.Tests.Training;

public class RegulariserTests
{
    [Fact]
    public void Dropout_ManyValues_SilencesTheShareAndKeepsTheMean()
    {
        var values = Enumerable.Repeat(1f, 100_000).ToArray();

        new Dropout(0.4, new Random(1)).Apply(values);

        Assert.Equal(0.4, values.Count(value => value == 0) / 100_000.0, 0.01);
        Assert.Equal(1, values.Average(), 0.02);
        Assert.Equal([0f, 1 / 0.6f], values.Distinct().Order());
    }

    [Fact]
    public void Backward_WithDropout_EqualsCentralDifferencesWithTheSameNeuronsSilenced()
    {
        var network = DenseNetwork.Random([4, 12, 8, 3], new Random(2));
        float[] rows = [.. Enumerable.Range(0, 20).Select(i => MathF.Sin(3 * i + 1))];
        float[] targets = [.. Enumerable.Range(0, 15).Select(i => i % 3 == i / 3 % 3 ? 1f : 0)];
        var gradient = network.Layers.Select(layer => new DenseLayer(layer.Inputs, layer.Outputs)).ToArray();

        network.Forward(rows, 5, new Dropout(0.5, new Random(9)));
        network.Backward(targets, gradient);

        var weights = network.Layers[0].Weights;
        for (var i = 0; i < weights.Length; i++)
        {
            const float Step = 1e-2f;
            var value = weights[i];
            weights[i] = value + Step;
            var above = Loss();
            weights[i] = value - Step;
            var below = Loss();
            weights[i] = value;
            Assert.Equal((above - below) / (2 * Step), gradient[0].Weights[i], 5e-3);
        }

        Assert.Contains(gradient[0].Weights, slope => Math.Abs(slope) > 0.02);

        double Loss()
        {
            var said = network.Forward(rows, 5, new Dropout(0.5, new Random(9)));
            var loss = 0.0;
            for (var i = 0; i < said.Length; i++)
            {
                loss -= targets[i] * Math.Log(said[i]) / 5;
            }

            return loss;
        }
    }

    [Fact]
    public void Mix_TwoSongs_MixesRowsAndTargetsInTheSameShares()
    {
        var random = new Random(3);
        var scaler = new FeatureScaler([0], [1]);
        DatasetRow[] songs = [new("a", new double[] { 0 }, "A"), new("b", new double[] { 1 }, "B")];
        var batch = Batch.Of(scaler, songs, [0, 1], 2, [.. Enumerable.Range(0, 400).Select(i => i % 2)]);

        batch.Mix(0.4, random);

        var mixed = 0;
        for (var i = 0; i < batch.Count; i++)
        {
            // The row's number is by construction the share of B.
            Assert.Equal(batch.Rows[i], batch.Targets[2 * i + 1], 1e-6);
            Assert.Equal(1, batch.Targets[2 * i] + batch.Targets[2 * i + 1], 1e-6);
            Assert.True(batch.Targets[2 * i + batch.Labels[i]] >= 0.5);
            mixed += batch.Rows[i] is > 0.01f and < 0.99f ? 1 : 0;
        }

        Assert.InRange(mixed, 100, 250);
    }

    [Fact]
    public void Folds_ManyGroups_AreKeptWholeAndPartsAlike()
    {
        var labels = Enumerable.Range(0, 300).Select(song => song % 3).ToArray();
        var groups = Enumerable.Range(0, 300).Select(song => song < 200 ? $"artist {song / 7}" : null).ToArray();

        var parts = GroupedFolds.Make(labels, groups, 5, new Random(4));

        Assert.All(parts.Zip(groups).Where(song => song.Second is not null).GroupBy(song => song.Second), group => Assert.Single(group.Select(song => song.First).Distinct()));
        Assert.All(parts.Zip(labels).CountBy(song => song), count => Assert.InRange(count.Value, 17, 23));
        Assert.Equal(15, parts.Zip(labels).Distinct().Count());
    }

    [Fact]
    public void Folds_OneGroupForAll_IsNoArtist()
    {
        var parts = GroupedFolds.Make(new int[50], [.. Enumerable.Repeat("song", 50)], 5, new Random(5));

        Assert.All(parts.CountBy(part => part), count => Assert.Equal(10, count.Value));
    }
}
