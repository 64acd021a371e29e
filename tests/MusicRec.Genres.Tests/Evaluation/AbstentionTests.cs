using MusicRec.Audio.Features;
using MusicRec.Genres.Evaluation;
using MusicRec.Genres.Evaluation.Learners;
using static MusicRec.Genres.PredictionDoubt;
using static MusicRec.Genres.Tests.Evaluation.EvaluationSongs;

namespace MusicRec.Genres.Tests.Evaluation;

public class AbstentionTests
{
    private static readonly float[] A = [0.8f, 0.2f];
    private static readonly float[] B = [0.3f, 0.7f];

    private static readonly NonMusicSound[] Sounds =
        [.. new[] { "silence", "noise", "tone" }.Select(name => new NonMusicSound(name, new FeatureVector(new double[FeatureVector.Length])))];

    [Fact]
    public void Of_KnownAnswers_CountsThem()
    {
        // Ten songs, five of each genre: two are doubted, of the other eight six are right.
        var design = Design(10);
        PredictionDoubt[] doubts = [UnlikeTraining, None, None, None, None, None, None, None, None, LowConfidence];
        var output = Output([B, A, A, A, B, B, B, B, A, B], doubts, [UnlikeTraining, LowConfidence, None]);

        var abstention = Abstention.Of(design, [output], Sounds)!;

        Assert.Equal(0.2, abstention.Abstained.Value, 1e-12);
        Assert.True(abstention.Abstained is { Low: < 0.15 and >= 0, High: > 0.3 });
        Assert.Equal((0.1, 0.1), (abstention.UnlikeTraining, abstention.LowConfidence));
        Assert.Equal(0.75, abstention.AccuracyOfRest!.Value.Value, 1e-12);
        Assert.Equal((3, 1), (abstention.NonMusic!.Sounds, abstention.NonMusic.Folds));
        Assert.Equal(2 / 3.0, abstention.NonMusic.Refused.Value, 1e-12);
        Assert.Equal([new AcceptedSound("tone", 1)], abstention.NonMusic.Accepted);
    }

    [Fact]
    public void Of_NeverInDoubt_HasTheExactIntervalAndAllSongs()
    {
        var output = Output([.. Enumerable.Repeat(A, 5), .. Enumerable.Repeat(B, 5)], [.. Enumerable.Repeat(None, 10)], null);

        var abstention = Abstention.Of(Design(10), [output], [])!;

        // Clopper and Pearson: 1 - 0.025^(1/10).
        Assert.Equal((0, 0), (abstention.Abstained.Value, abstention.Abstained.Low));
        Assert.Equal(0.3085, abstention.Abstained.High, 1e-4);
        Assert.Equal((1, 1), (abstention.AccuracyOfRest!.Value.Value, abstention.AccuracyOfRest.Value.High));
        Assert.Equal(0.6915, abstention.AccuracyOfRest.Value.Low, 1e-4);
        Assert.Null(abstention.NonMusic);
    }

    [Fact]
    public void Of_AlwaysInDoubt_HasNoRest()
    {
        var abstention = Abstention.Of(Design(4), [Output([A, A, B, B], [.. Enumerable.Repeat(UnlikeTraining, 4)], null)], [])!;

        Assert.Equal(1, abstention.Abstained.Value);
        Assert.Null(abstention.AccuracyOfRest);
        Assert.Contains("It answers for no song.", AbstentionText.Sentences(abstention));
    }

    [Fact]
    public void Of_TwoFolds_GivesTheRangeOfRefusals()
    {
        var design = Design(4) with { Folds = [new Fold(0, [2, 3], [0, 1]), new Fold(0, [0, 1], [2, 3])] };
        LearnerOutput[] outputs =
        [
            Output([A, A], [None, None], [UnlikeTraining, UnlikeTraining, UnlikeTraining]),
            Output([B, B], [None, None], [UnlikeTraining, UnlikeTraining, None]),
        ];

        var sounds = Abstention.Of(design, outputs, Sounds)!.NonMusic!;

        Assert.Equal(5 / 6.0, sounds.Refused.Value, 1e-12);
        Assert.Equal((2 / 3.0, 1), (sounds.Refused.Low, sounds.Refused.High));
        Assert.Equal([new AcceptedSound("tone", 1)], sounds.Accepted);
    }

    [Fact]
    public void Of_LearnerWithoutLimits_IsNothing()
    {
        var plain = new LearnerOutput([A, A, B, B], []);
        var small = plain with { Certainty = new Certainty(1, plain.Probabilities, null, null) };

        Assert.Null(Abstention.Of(Design(4), [plain], []));
        Assert.Null(Abstention.Of(Design(4), [small], []));
        Assert.Null(Abstention.CalibrationOf(PlainLearners.Majority, Design(4), [plain]));
        Assert.NotNull(Abstention.CalibrationOf(PlainLearners.Majority, Design(4), [small]));
    }

    [Fact]
    public void CalibrationOf_UntemperedAnswers_MeasuresThose()
    {
        float[] sure = [1, 0];
        var output = new LearnerOutput([A, A, B, B], []) { Certainty = new Certainty(1.5, [sure, sure, sure, sure], null, null) };

        var calibration = Abstention.CalibrationOf(PlainLearners.Majority, Design(4), [output])!;

        Assert.Equal(new Estimate(1.5, 1.5, 1.5), calibration.Temperature);
        Assert.Equal(0.5, calibration.CalibrationErrorBefore.Value, 1e-12);
        Assert.Equal(-Math.Log(1e-7) / 2, calibration.LogLossBefore.Value, 1e-9);
    }

    [Fact]
    public void Sentences_SharesAndGoals_AreSaid()
    {
        var sounds = new NonMusicReport(70, 10, new Estimate(0.97, 0.9, 1), [new AcceptedSound("pink noise 0.9", 3)]);
        var good = AbstentionText.Sentences(new AbstentionReport(new Estimate(0.03, 0.02, 0.045), 0.02, 0.01, new Estimate(0.7, 0.6, 0.8), sounds));
        var bad = AbstentionText.Sentences(new AbstentionReport(
            new Estimate(0.051, 0.02, 0.08), 0.05, 0.001, null, new NonMusicReport(70, 1, new Estimate(0.89, 0.89, 0.89), [new AcceptedSound("silence", 1)])));

        Assert.Equal("It says 'not sure' of 3.0 % (2.0 to 4.5) of the songs it never saw (goal: at most 5 %, met): 2.0 % are unlike its training songs, for 1.0 % no genre is likely enough.", good[0]);
        Assert.Equal("Of the songs it answers for it gets 70.0 % (60.0 to 80.0) right.", good[1]);
        Assert.EndsWith("it refuses 97.0 %, 90.0 to 100.0 by fold (goal: at least 90 %, met). Taken for music: pink noise 0.9 (3 of 10 folds).", good[2], StringComparison.Ordinal);
        Assert.Contains("at most 5 %, missed", bad[0], StringComparison.Ordinal);
        Assert.Contains(
            "at most 5 %, met on these songs, though the interval reaches beyond it",
            AbstentionText.Sentences(new AbstentionReport(new Estimate(0.03, 0.01, 0.06), 0.03, 0, null, null))[0], StringComparison.Ordinal);
        Assert.EndsWith("it refuses 89.0 % (goal: at least 90 %, missed). Taken for music: silence.", bad[2], StringComparison.Ordinal);
    }

    [Fact]
    public void NonMusic_OwnColumnsInAnyOrder_BecomeRows()
    {
        var sounds = NonMusic.Analyze();
        var noise = sounds.Single(sound => sound.Name == "white noise 0.9");

        Assert.Equal((70, "silence"), (sounds.Count, sounds[0].Name));
        Assert.Equal([noise.Features[AudioFeature.Mfcc1], noise.Features[AudioFeature.Rms]], NonMusic.RowOf(noise, ["mfcc1", "rmse"]).ToArray());
        Assert.InRange(noise.Features[AudioFeature.Rms], 0.5, 0.54);
        Assert.True(NonMusic.Fits(["mfcc1", "rmse"]));
        Assert.False(NonMusic.Fits(["mfcc1", "tempo"]));
    }

    /// <summary>Songs of genre A, then as many of B, each a group of its own.</summary>
    private static EvaluationDesign Design(int songs) => new(
        Columns,
        [.. Enumerable.Range(0, songs).Select(i => Make($"{i}", i < songs / 2 ? "A" : "B"))],
        [new Fold(0, [], [.. Enumerable.Range(0, songs)])], 1, "");

    private static LearnerOutput Output(float[][] probabilities, PredictionDoubt[] doubts, PredictionDoubt[]? nonMusic) =>
        new(probabilities, []) { Certainty = new Certainty(1, probabilities, doubts, nonMusic) };
}
