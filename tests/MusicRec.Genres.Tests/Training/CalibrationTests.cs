using MusicRec.Genres.Training;

namespace MusicRec.Genres.Tests.Training;

public class CalibrationTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(0.5)]
    public void FitTemperature_LogitsMultiplied_FindsTheFactorAndImproves(double factor)
    {
        var (overconfident, labels) = Drawn(factor);

        var temperature = Calibration.FitTemperature(overconfident, labels);

        var after = Calibration.Temper(overconfident, 4, temperature);
        Assert.Equal(factor, temperature, 0.1 * factor);
        Assert.True(Calibration.LogLoss(after, labels) < Calibration.LogLoss(overconfident, labels));
        Assert.True(Calibration.Ece(after, labels) < 0.02);
        Assert.True(Calibration.Ece(overconfident, labels) > 0.1);
    }

    [Fact]
    public void Ece_TwoBinsByHand_IsTheWeightedGap() =>
        // Three answers at 0.9, two right; one at 0.6, wrong: (|2.7 - 2| + |0.6 - 0|) / 4.
        Assert.Equal(1.3 / 4, Calibration.Ece([0.9f, 0.1f, 0.9f, 0.1f, 0.1f, 0.9f, 0.6f, 0.4f], [0, 0, 0, 1]), 1e-6);

    [Fact]
    public void Temper_One_ChangesNothing() =>
        Assert.All(Calibration.Temper([0.7f, 0.3f], 2, 1).Zip([0.7f, 0.3f]), pair => Assert.Equal(pair.Second, pair.First, 1e-6));

    /// <summary>Labels drawn from known probabilities, whose logits are then multiplied.</summary>
    private static (float[] Probabilities, int[] Labels) Drawn(double factor)
    {
        var random = new Random(1);
        var (probabilities, labels) = (new List<float>(), new List<int>());
        for (var song = 0; song < 5000; song++)
        {
            var weights = Enumerable.Range(0, 4).Select(_ => Math.Exp(3 * random.NextDouble())).ToArray();
            var at = random.NextDouble() * weights.Sum();
            var label = 0;
            while (at > weights[label] && label < 3)
            {
                at -= weights[label++];
            }

            labels.Add(label);
            probabilities.AddRange(weights.Select(weight => (float)(Math.Pow(weight, factor) / weights.Sum(other => Math.Pow(other, factor)))));
        }

        return ([.. probabilities], [.. labels]);
    }
}
