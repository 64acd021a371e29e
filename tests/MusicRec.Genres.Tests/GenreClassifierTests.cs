using MusicRec.Audio.Features;
using MusicRec.Genres.Training;

namespace MusicRec.Genres.Tests;

public sealed class GenreClassifierTests(SavedModel saved) : IClassFixture<SavedModel>
{
    [Fact]
    public void Classify_RandomVectors_EqualsTheTrainedNetwork()
    {
        using var classifier = GenreClassifier.Load(saved.ModelPath);

        foreach (var vector in SavedModel.RandomVectors(300))
        {
            var expected = saved.Result.Model.Predict(vector.Values);
            var prediction = classifier.Classify(vector);
            foreach (var genre in prediction.Genres)
            {
                Assert.Equal(expected[Array.IndexOf(ToyProblem.Labels, genre.Label)], genre.Probability, 1e-5);
            }
        }
    }

    [Fact]
    public void Classify_Songs_NamesTheirGenreFirst()
    {
        using var classifier = GenreClassifier.Load(saved.ModelPath);

        foreach (var row in ToyProblem.Make(seed: 5).Rows)
        {
            var prediction = classifier.Classify(new FeatureVector(row.Values.Span));

            Assert.Equal(row.Label, prediction.Top.Label);
            Assert.Equal(classifier.Model.Version, prediction.ModelVersion);
            Assert.Equal(ToyProblem.Labels, prediction.Genres.Select(genre => genre.Label).Order(StringComparer.Ordinal));
            Assert.Equal(prediction.Genres.OrderByDescending(genre => genre.Probability), prediction.Genres);
            Assert.Equal(1, prediction.Genres.Sum(genre => genre.Probability), 1e-6);
        }
    }

    [Fact]
    public void Classify_Batch_EqualsOneByOne()
    {
        using var classifier = GenreClassifier.Load(saved.ModelPath);
        var vectors = SavedModel.RandomVectors(37);

        var together = classifier.Classify(vectors);

        Assert.Equal(vectors.Length, together.Count);
        for (var i = 0; i < vectors.Length; i++)
        {
            AssertEqual(classifier.Classify(vectors[i]), together[i], 1e-6);
        }
    }

    /// <summary>Split or not, a song has the same answer to the last bit; 24 is a multiple of the rows that the runtime multiplies together.</summary>
    [Theory]
    [InlineData(120)]
    [InlineData(121)]
    [InlineData(122)]
    [InlineData(241)]
    [InlineData(1000)]
    public void Classify_LargeBatch_EqualsItsPartsToTheLastBit(int songs)
    {
        using var classifier = GenreClassifier.Load(saved.ModelPath);
        var vectors = SavedModel.RandomVectors(songs);
        var half = songs / 48 * 24;

        var together = classifier.Classify(vectors);

        GenrePrediction[] apart = [.. classifier.Classify(vectors[..half]), .. classifier.Classify(vectors[half..])];
        Assert.Equal(songs, together.Count);
        for (var i = 0; i < songs; i++)
        {
            AssertEqual(apart[i], together[i], 0);
        }
    }

    [Fact]
    public void Classify_LargeBatchWithOneUnfitVector_SaysWhatIsWrong()
    {
        using var classifier = GenreClassifier.Load(saved.ModelPath);
        var vectors = SavedModel.RandomVectors(600);
        vectors[333] = new FeatureVector(vectors[333].Means);

        Assert.Throws<ArgumentException>(() => classifier.Classify(vectors));
    }

    /// <summary>A model trained on a table of means is asked about vectors that have deviations too, and about such that have none.</summary>
    [Fact]
    public void Classify_ModelOfTheMeansAlone_DoesNotLookAtDeviations()
    {
        using var folder = new TemporaryFolder();
        var result = GenreTrainer.Train(ToyProblem.Make().MeansOnly(), ToyProblem.Options);
        ModelFiles.Save(folder.File("means.onnx"), result, new Dictionary<string, string>());
        using var classifier = GenreClassifier.Load(folder.File("means.onnx"));

        Assert.Equal(FeatureVersion.MeansOnly, classifier.Model.FeatureVersion);
        foreach (var vector in SavedModel.RandomVectors(20))
        {
            var expected = result.Model.Predict(vector.Means);
            var prediction = classifier.Classify(vector);
            AssertEqual(prediction, classifier.Classify(new FeatureVector(vector.Means)), 0);
            Assert.Equal(expected.Max(), prediction.Top.Probability, 1e-5);
        }
    }

    [Fact]
    public void Classify_MeansAloneByAModelThatWantsDeviations_Throws()
    {
        using var classifier = GenreClassifier.Load(saved.ModelPath);

        Assert.Throws<ArgumentException>(() => classifier.Classify(new FeatureVector(new double[FeatureVector.FeatureCount])));
    }

    [Fact]
    public void Classify_NoSong_IsEmpty()
    {
        using var classifier = GenreClassifier.Load(saved.ModelPath);

        Assert.Empty(classifier.Classify([]));
    }

    [Fact]
    public async Task Classify_FromEightThreads_AnswersAsFromOne()
    {
        using var classifier = GenreClassifier.Load(saved.ModelPath);
        var vectors = SavedModel.RandomVectors(200);
        var expected = vectors.Select(classifier.Classify).ToArray();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Factory.StartNew(
            () =>
            {
                for (var i = 0; i < vectors.Length; i++)
                {
                    var at = (i + 25 * thread) % vectors.Length;
                    AssertEqual(expected[at], classifier.Classify(vectors[at]), 0);
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e6)]
    [InlineData(-1e6)]
    [InlineData(1e30)]
    [InlineData(float.MaxValue)]
    [InlineData(1e300)]
    [InlineData(-double.MaxValue)]
    [InlineData(double.Epsilon)]
    public void Classify_ExtremeVectors_GivesProbabilities(double size)
    {
        using var classifier = GenreClassifier.Load(saved.ModelPath);
        double[][] vectors =
        [
            [.. Enumerable.Repeat(size, FeatureVector.Length)],
            [.. Enumerable.Range(0, FeatureVector.Length).Select(column => column % 2 == 0 ? size : -size)],
            [.. Enumerable.Range(0, FeatureVector.Length).Select(column => column == 3 ? size : 0)],
        ];

        foreach (var vector in vectors)
        {
            var genres = classifier.Classify(new FeatureVector(vector)).Genres;
            Assert.All(genres, genre => Assert.InRange(genre.Probability, 0, 1));
            Assert.Equal(1, genres.Sum(genre => genre.Probability), 1e-5);
            Assert.Equal(saved.Result.Model.Predict(vector).Max(), genres[0].Probability, 1e-5);
        }
    }

    private static void AssertEqual(GenrePrediction expected, GenrePrediction actual, double tolerance)
    {
        Assert.Equal(expected.Genres.Select(genre => genre.Label), actual.Genres.Select(genre => genre.Label));
        foreach (var (one, other) in expected.Genres.Zip(actual.Genres))
        {
            Assert.True(Math.Abs(one.Probability - other.Probability) <= tolerance, $"{other} instead of {one}");
        }
    }
}
