using MusicRec.Audio.Features;
using MusicRec.Audio.Spectra;

namespace MusicRec.Audio.Tests.Golden;

public sealed class FilterBankTests
{
    [Fact]
    public void MelFilterBank_AllWeights_EqualLibrosa()
    {
        var expected = LibrosaFrames.Load("filterbanks").Floats("mel");
        for (var band = 0; band < FeatureVersion.MelBands; band++)
        {
            for (var bin = 0; bin < FeatureVersion.BinCount; bin++)
            {
                Assert.Equal(expected[band * FeatureVersion.BinCount + bin], MelFilterBank.Weight(band, bin), 1e-8f);
            }
        }
    }

    [Theory]
    [InlineData("chroma_tuning_+0.00", 0.0)]
    [InlineData("chroma_tuning_+0.37", 0.37)]
    [InlineData("chroma_tuning_-0.50", -0.5)]
    public void ChromaFilterBank_AllWeights_EqualLibrosa(string array, double tuning)
    {
        var expected = LibrosaFrames.Load("filterbanks").Floats(array);
        var weights = ChromaFilterBank.Make(tuning);
        for (var c = 0; c < FeatureVersion.ChromaCount; c++)
        {
            for (var bin = 0; bin < FeatureVersion.BinCount; bin++)
            {
                Assert.Equal(expected[c * FeatureVersion.BinCount + bin], weights[bin * FeatureVersion.ChromaCount + c], 1e-6f);
            }
        }
    }
}
