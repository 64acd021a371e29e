using MusicRec.Audio.Features;

namespace MusicRec.Audio.Tests.Features;

public sealed class SparseChromaBankTests
{
    private const int Classes = FeatureVersion.ChromaCount;

    [Theory]
    [InlineData(0)]
    [InlineData(37)]
    [InlineData(50)]
    [InlineData(99)]
    public void For_AnyTuning_KeepsEveryWeightThatCounts(int tuningBin)
    {
        var full = ChromaFilterBank.Make(Tuning.OfBin(tuningBin));
        var bank = SparseChromaBank.For(tuningBin);
        var weights = new float[full.Length];
        bank.Low.CopyTo(weights, 0);
        var next = SparseChromaBank.FirstSparseBin;
        foreach (var run in bank.Runs)
        {
            Assert.Equal(next, run.Start);
            next = run.End;
            for (var k = run.Start; k < run.End; k++)
            {
                for (var i = 0; i < SparseChromaBank.Width; i++)
                {
                    weights[k * Classes + (run.FirstClass + i) % Classes] = bank.Weights[k * SparseChromaBank.Width + i];
                }
            }
        }

        Assert.Equal(FeatureVersion.BinCount, next);
        Assert.All(full.Zip(weights), pair => Assert.True(pair.First == pair.Second || (pair.Second == 0 && pair.First < 2e-8f)));
        Assert.Same(bank, SparseChromaBank.For(tuningBin));
    }
}
