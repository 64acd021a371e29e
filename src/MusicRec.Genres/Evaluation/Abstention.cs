using MusicRec.Genres.Evaluation.Learners;

namespace MusicRec.Genres.Evaluation;

/// <summary>What the temperature did to the answers on songs that took no part in the training; what came after is the learner's own numbers.</summary>
/// <param name="Temperature">Found inside the training parts: mean, least and most over the folds.</param>
/// <param name="CalibrationErrorBefore">Expected calibration error at temperature 1, with its interval.</param>
/// <param name="LogLossBefore">Mean cross-entropy at temperature 1, with its interval.</param>
public sealed record CalibrationReport(Estimate Temperature, Estimate CalibrationErrorBefore, Estimate LogLossBefore);

/// <summary>When a learner said that it is not sure.</summary>
/// <param name="Abstained">Share of the songs measured on that it abstained on; interval over groups of songs.</param>
/// <param name="UnlikeTraining">Share of all songs abstained on for lying far from the training songs.</param>
/// <param name="LowConfidence">Share of all songs abstained on for having no genre that is likely enough.</param>
/// <param name="AccuracyOfRest">Share right of the songs it answered for; null when it answered for none.</param>
/// <param name="NonMusic">The same for sounds that are no music; null when the features are not this program's own.</param>
public sealed record AbstentionReport(
    Estimate Abstained, double UnlikeTraining, double LowConfidence, Estimate? AccuracyOfRest, NonMusicReport? NonMusic)
{
    /// <summary>The goal: at most this share of songs is abstained on.</summary>
    public const double MostAbstained = 0.05;

    /// <summary>The goal: at least this share of sounds that are no music is refused.</summary>
    public const double LeastRefused = 0.9;
}

/// <summary>Sounds that are no music and what was said of them.</summary>
/// <param name="Sounds">How many, see <see cref="Evaluation.NonMusic"/>.</param>
/// <param name="Folds">How many models were asked.</param>
/// <param name="Refused">Share refused: mean, least and most over the folds. The sounds are chosen, not drawn, so there is no interval.</param>
/// <param name="Accepted">The sounds that were taken for music.</param>
public sealed record NonMusicReport(int Sounds, int Folds, Estimate Refused, IReadOnlyList<AcceptedSound> Accepted);

/// <summary>A sound that was taken for music.</summary>
/// <param name="Name">The sound.</param>
/// <param name="Folds">In how many folds.</param>
public sealed record AcceptedSound(string Name, int Folds);

/// <summary>Measures how sure learners are and whether they should be.</summary>
internal static class Abstention
{
    /// <summary>What the temperature did; null for learners that have none.</summary>
    public static CalibrationReport? CalibrationOf(Learner learner, EvaluationDesign design, IReadOnlyList<LearnerOutput> outputs)
    {
        if (outputs.Any(output => output.Certainty is null))
        {
            return null;
        }

        var before = new LearnerScores(learner, design, [.. outputs.Select(output => output with { Probabilities = output.Certainty!.Untempered })]).Report();
        return new CalibrationReport(
            Range([.. outputs.Select(output => output.Certainty!.Temperature)]), before.CalibrationError, before.LogLoss);
    }

    /// <summary>When a learner was not sure; null for one that always is, and when a fold had too few songs to tell.</summary>
    public static AbstentionReport? Of(EvaluationDesign design, IReadOnlyList<LearnerOutput> outputs, IReadOnlyList<NonMusicSound> sounds)
    {
        if (outputs.Any(output => output.Certainty?.Doubts is null))
        {
            return null;
        }

        var answers = AnswersOf(design, outputs);
        var groups = answers.GroupBy(answer => design.Groups[answer.Song]).OrderBy(group => group.Key).ToArray();
        var abstained = ClusterBootstrap.MeanInterval(
            [.. groups.Select(group => (IReadOnlyList<double>)[.. group.Select(answer => answer.Doubt == PredictionDoubt.None ? 0.0 : 1)])], design.Seed);
        return new AbstentionReport(
            ShareInterval.Of(abstained, groups.Length),
            answers.Average(answer => answer.Doubt == PredictionDoubt.UnlikeTraining ? 1.0 : 0),
            answers.Average(answer => answer.Doubt == PredictionDoubt.LowConfidence ? 1.0 : 0),
            AccuracyOfRest(groups, design.Seed),
            NonMusicOf(outputs, sounds));
    }

    private static List<Answer> AnswersOf(EvaluationDesign design, IReadOnlyList<LearnerOutput> outputs) =>
    [
        .. from pair in design.Folds.Zip(outputs)
           from i in Enumerable.Range(0, pair.First.Test.Count)
           let song = pair.First.Test[i]
           select new Answer(song, GenreEvaluation.Best(pair.Second.Probabilities[i]) == design.Targets[song], pair.Second.Certainty!.Doubts![i]),
    ];

    /// <summary>A group whose songs were all abstained on stays among the groups that are drawn, with no song.</summary>
    private static Estimate? AccuracyOfRest(IReadOnlyList<IGrouping<int, Answer>> groups, int seed)
    {
        var hits = groups.Select(group => (IReadOnlyList<double>)
            [.. group.Where(answer => answer.Doubt == PredictionDoubt.None).Select(answer => answer.Right ? 1.0 : 0)]).ToArray();
        var answered = hits.Count(group => group.Count > 0);
        return answered == 0 ? null : ShareInterval.Of(ClusterBootstrap.MeanInterval(hits, seed), answered);
    }

    private static NonMusicReport? NonMusicOf(IReadOnlyList<LearnerOutput> outputs, IReadOnlyList<NonMusicSound> sounds)
    {
        if (outputs.Any(output => output.Certainty!.NonMusicDoubts is null))
        {
            return null;
        }

        var accepted = sounds.Select((sound, i) => new AcceptedSound(
            sound.Name, outputs.Count(output => output.Certainty!.NonMusicDoubts![i] == PredictionDoubt.None)));
        var refused = outputs.Select(output => output.Certainty!.NonMusicDoubts!.Average(doubt => doubt == PredictionDoubt.None ? 0.0 : 1));
        return new NonMusicReport(sounds.Count, outputs.Count, Range([.. refused]), [.. accepted.Where(sound => sound.Folds > 0)]);
    }

    private static Estimate Range(double[] values) => new(values.Average(), values.Min(), values.Max());

    private readonly record struct Answer(int Song, bool Right, PredictionDoubt Doubt);
}
