using MusicRec.Genres.Evaluation;
using MusicRec.Genres.Evaluation.Learners;
using MusicRec.Genres.Training;
using static MusicRec.Genres.Tests.Evaluation.EvaluationSongs;

namespace MusicRec.Genres.Tests.Evaluation;

public class LearnersTests
{
    private static readonly Learner Dense = DenseLearner.Create("dense", "A network", new TrainingOptions { HiddenLayers = [8], Epochs = 60, BatchSize = 16, LearningRate = 0.02 });

    public static TheoryData<string> Names => ["dense", "logistic regression", "LightGBM", "5-NN cosine"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Run_OverlappingGenres_BeatsTheMajorityWithProbabilities(string name)
    {
        var task = Task();

        var output = Find(name).Run(task, CancellationToken.None);

        Assert.Equal(task.Test.Count, output.Probabilities.Count);
        Assert.All(output.Probabilities, row => Assert.Equal(1, row.Sum(), 1e-4));
        Assert.All(output.Probabilities, row => Assert.All(row, value => Assert.InRange(value, 0, 1)));
        Assert.InRange(Accuracy(output), 0.6, 1);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Run_GenreTheTrainingPartLacks_IsNeverSaid(string name)
    {
        var songs = Many(20, 3, withArtists: false);
        var design = new EvaluationDesign(Columns, songs, [], 1, "");
        var fold = new Fold(0, [.. Enumerable.Range(0, 40).Where(song => song % 4 > 0)], [.. Enumerable.Range(0, 60).Where(song => song % 4 == 0 || song >= 40)]);

        var output = Find(name).Run(new LearningTask(design, fold, 1, []), CancellationToken.None);

        Assert.All(output.Probabilities, row => Assert.Equal(3, row.Length));
        Assert.DoesNotContain(2, output.Probabilities.Select(row => GenreEvaluation.Best(row)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Run_Twice_GivesTheSameNumbers(string name) => Assert.Equal(
        Find(name).Run(Task(), CancellationToken.None).Probabilities, Find(name).Run(Task(), CancellationToken.None).Probabilities);

    [Fact]
    public void Run_Majority_AnswersTheSharesOfTheTrainingPart()
    {
        EvaluationSong[] songs = [Make("1", "A"), Make("2", "B"), Make("3", "B"), Make("4", "B"), Make("5", "A")];
        var task = new LearningTask(new EvaluationDesign(Columns, songs, [], 1, ""), new Fold(0, [0, 1, 2, 3], [4]), 1, []);

        Assert.Equal([0.25f, 0.75f], Assert.Single(PlainLearners.Majority.Run(task, CancellationToken.None).Probabilities));
    }

    [Fact]
    public void Run_NearestNeighbours_VotesByAngle()
    {
        // Scaled around (0, 0): the long vectors in the same direction are nearer by cosine than the short one across.
        (double X, double Y, string Label)[] rows = [(9, 9, "A"), (8, 8, "A"), (7, 7, "A"), (-1, -1, "B"), (-1, -1.1, "B"), (-8, -8, "B"), (-7, -7.8, "B"), (-7, -6, "B"), (1, 1, "A")];
        var songs = rows.Select((row, i) => new EvaluationSong($"{i}", new[] { row.X, row.Y }, row.Label)).ToArray();
        var task = new LearningTask(new EvaluationDesign(Columns, songs, [], 1, ""), new Fold(0, [0, 1, 2, 3, 4, 5, 6, 7], [8]), 1, []);

        var votes = Assert.Single(PlainLearners.NearestNeighbours.Run(task, CancellationToken.None).Probabilities);

        Assert.Equal(0.6f, votes[0], 1e-6f);
        Assert.Equal(0.4f, votes[1], 1e-6f);
    }

    [Fact]
    public void ScaledTraining_WildTestPart_IsScaledByItselfAlone()
    {
        EvaluationSong[] songs = [Make("1", "A", x: 1), Make("2", "B", x: 3), Make("3", "B", x: 1e9)];
        var task = new LearningTask(new EvaluationDesign(Columns, songs, [], 1, ""), new Fold(0, [0, 1], [2]), 1, []);

        Assert.Equal([-1, 1], task.ScaledTraining().Select(row => row[0]));
        Assert.Equal([1e9 - 2], task.ScaledTest().Select(row => row[0]));
    }

    [Fact]
    public void For_MeansAlone_FirstIsTheNetworkOfTheOriginalProject()
    {
        var learners = Learner.For(DesignOf(Columns));

        Assert.Equal("dense network", learners[0].Name);
        Assert.Equal(
            "The network of the original project: hidden layers 256-128-64-32-16, ReLU, softmax; Adam 0.001, 100 epochs, batches of 128; standard scaler.",
            learners[0].Description);
        Assert.Equal(6, learners.Select(learner => learner.Name).Distinct().Count());
    }

    [Fact]
    public void For_ColumnsWithDeviations_HasTheImprovedNetworkTwice() => Assert.Equal(
        ["dense network", "improved network", "improved network, means only", "logistic regression", "LightGBM", "5-NN cosine", "most frequent genre"],
        Learner.For(DesignOf(["x", "y", "x_std", "y_std"])).Select(learner => learner.Name));

    [Fact]
    public void Run_OriginalNetworkWithDeviations_AnswersAsWithoutThem()
    {
        var songs = Many(10, 2, withArtists: false);
        var fold = new Fold(0, [.. Enumerable.Range(0, 20).Where(song => song % 4 > 0)], [0, 4, 8, 12, 16]);
        var wide = songs.Select((song, i) => song with { Values = new[] { song.Values.Span[0], i, song.Values.Span[1], -i } }).ToArray();
        string[] columns = ["x", "x_std", "y", "y_std"];

        var narrow = Learner.For(DesignOf(Columns))[0].Run(new LearningTask(new EvaluationDesign(Columns, songs, [], 1, ""), fold, 1, []), CancellationToken.None);
        var both = Learner.For(DesignOf(columns))[0].Run(new LearningTask(new EvaluationDesign(columns, wide, [], 1, ""), fold, 1, []), CancellationToken.None);

        Assert.Equal(narrow.Probabilities, both.Probabilities);
        Assert.EndsWith("It gets the means alone.", Learner.For(DesignOf(columns))[0].Description, StringComparison.Ordinal);
    }

    [Fact]
    public void MeansOnly_TaskWithDeviations_NarrowsSongsAndSounds()
    {
        EvaluationSong[] songs = [new("1", new double[] { 1, 9, 2 }, "A"), new("2", new double[] { 3, 9, 4 }, "B"), new("3", new double[] { 5, 9, 6 }, "B")];
        var task = new LearningTask(new EvaluationDesign(["x", "x_std", "y"], songs, [], 1, ""), new Fold(0, [0, 1], [2]), 1, [new double[] { 7, 9, 8 }]).MeansOnly();

        Assert.Equal(["x", "y"], task.Columns);
        Assert.Equal([1.0, 2], task.Training[0].Values.ToArray());
        Assert.Equal([5.0, 6], task.Test[0].ToArray());
        Assert.Equal([7.0, 8], task.NonMusic[0].ToArray());
        Assert.Equal(["A", "B"], task.Labels);
    }

    private static EvaluationDesign DesignOf(IReadOnlyList<string> columns) => new(columns, [], [], 1, "");

    private static Learner Find(string name) => name == "dense" ? Dense : Learner.For(DesignOf(Columns)).Single(learner => learner.Name == name);

    /// <summary>Every third song is measured on.</summary>
    private static LearningTask Task()
    {
        var songs = Many(60, 3, withArtists: false);
        var rows = Enumerable.Range(0, songs.Length).ToLookup(song => song % 3 == 0);
        return new LearningTask(new EvaluationDesign(Columns, songs, [], 1, ""), new Fold(0, [.. rows[false]], [.. rows[true]]), 1, []);
    }

    private static double Accuracy(LearnerOutput output) =>
        output.Probabilities.Select((row, i) => GenreEvaluation.Best(row) == i / 20 ? 1.0 : 0).Average();
}
