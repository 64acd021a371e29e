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

        var output = Find(name).Run(new LearningTask(design, fold, 1), CancellationToken.None);

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
        var task = new LearningTask(new EvaluationDesign(Columns, songs, [], 1, ""), new Fold(0, [0, 1, 2, 3], [4]), 1);

        Assert.Equal([0.25f, 0.75f], Assert.Single(PlainLearners.Majority.Run(task, CancellationToken.None).Probabilities));
    }

    [Fact]
    public void Run_NearestNeighbours_VotesByAngle()
    {
        // Scaled around (0, 0): the long vectors in the same direction are nearer by cosine than the short one across.
        (double X, double Y, string Label)[] rows = [(9, 9, "A"), (8, 8, "A"), (7, 7, "A"), (-1, -1, "B"), (-1, -1.1, "B"), (-8, -8, "B"), (-7, -7.8, "B"), (-7, -6, "B"), (1, 1, "A")];
        var songs = rows.Select((row, i) => new EvaluationSong($"{i}", new[] { row.X, row.Y }, row.Label)).ToArray();
        var task = new LearningTask(new EvaluationDesign(Columns, songs, [], 1, ""), new Fold(0, [0, 1, 2, 3, 4, 5, 6, 7], [8]), 1);

        var votes = Assert.Single(PlainLearners.NearestNeighbours.Run(task, CancellationToken.None).Probabilities);

        Assert.Equal(0.6f, votes[0], 1e-6f);
        Assert.Equal(0.4f, votes[1], 1e-6f);
    }

    [Fact]
    public void ScaledTraining_WildTestPart_IsScaledByItselfAlone()
    {
        EvaluationSong[] songs = [Make("1", "A", x: 1), Make("2", "B", x: 3), Make("3", "B", x: 1e9)];
        var task = new LearningTask(new EvaluationDesign(Columns, songs, [], 1, ""), new Fold(0, [0, 1], [2]), 1);

        Assert.Equal([-1, 1], task.ScaledTraining().Select(row => row[0]));
        Assert.Equal([1e9 - 2], task.ScaledTest().Select(row => row[0]));
    }

    [Fact]
    public void All_FirstIsTheNetworkOfTheOriginalProject()
    {
        Assert.Equal("dense network", Learner.All[0].Name);
        Assert.Equal(
            "The network of the original project: hidden layers 256-128-64-32-16, ReLU, softmax; Adam 0.001, 100 epochs, batches of 128; standard scaler.",
            Learner.All[0].Description);
        Assert.Equal(6, Learner.All.Select(learner => learner.Name).Distinct().Count());
    }

    private static Learner Find(string name) => name == "dense" ? Dense : Learner.All.Single(learner => learner.Name == name);

    /// <summary>Every third song is measured on.</summary>
    private static LearningTask Task()
    {
        var songs = Many(60, 3, withArtists: false);
        var rows = Enumerable.Range(0, songs.Length).ToLookup(song => song % 3 == 0);
        return new LearningTask(new EvaluationDesign(Columns, songs, [], 1, ""), new Fold(0, [.. rows[false]], [.. rows[true]]), 1);
    }

    private static double Accuracy(LearnerOutput output) =>
        output.Probabilities.Select((row, i) => GenreEvaluation.Best(row) == i / 20 ? 1.0 : 0).Average();
}
