using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MusicRec.Genres.Evaluation;

/// <summary>An evaluation as it is published: all learners on the same folds. It has no date, so that equal runs give equal bytes.</summary>
/// <param name="Headline">What has to be known before any number: leaks, or that none was found.</param>
/// <param name="Command">The command that makes it again.</param>
/// <param name="Data">The songs.</param>
/// <param name="Design">How they were divided.</param>
/// <param name="Leaks">Songs met in training and in test; empty when none.</param>
/// <param name="Versions">Of the programs that computed it.</param>
/// <param name="Learners">The results, the baseline first.</param>
/// <param name="Comparisons">Each other learner beside the baseline.</param>
/// <param name="LearningCurve">The baseline network's training, mean over the folds; empty when the baseline has no epochs.</param>
public sealed record EvaluationReport(
    string Headline, string Command, DataFacts Data, DesignFacts Design, IReadOnlyList<Leak> Leaks,
    IReadOnlyDictionary<string, string> Versions, IReadOnlyList<LearnerReport> Learners,
    IReadOnlyList<Comparison> Comparisons, IReadOnlyList<LearningCurvePoint> LearningCurve)
{
    /// <summary>Name of the learner whose networks this program trains and bundles.</summary>
    public const string ImprovedNetwork = "improved network";

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Quality of recommendations by the same features; empty when not measured.</summary>
    public IReadOnlyList<RankingQuality> Rankings { get; init; } = [];

    /// <summary>Each other learner beside the improved network, a family of tests of its own; empty when it is not among the learners.</summary>
    public IReadOnlyList<Comparison> ComparisonsWithImproved { get; init; } = [];

    /// <summary>Accuracy of the improved network on songs beyond the table; empty when there are none.</summary>
    public IReadOnlyList<FurtherSongs> Further { get; init; } = [];

    /// <summary>What this program trains; null when it is not among the learners.</summary>
    [JsonIgnore]
    public LearnerReport? Improved => Learners.FirstOrDefault(learner => learner.Name == ImprovedNetwork);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The text is no such report.</exception>
    public static EvaluationReport FromJson(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<EvaluationReport>(json, Format) ?? throw new InvalidDataException("The report is empty.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException("This is no evaluation report.", exception);
        }
    }

    /// <summary>The whole report as indented JSON, every number to the last digit.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Format) + "\n";
}

/// <summary>The songs of an evaluation.</summary>
/// <param name="Name">Name of the table's file.</param>
/// <param name="Fingerprint">SHA-256 of the table's content, see <see cref="Training.Dataset.Fingerprint"/>.</param>
/// <param name="Songs">Songs used.</param>
/// <param name="Columns">Names of the features.</param>
/// <param name="Genres">Songs of each genre.</param>
/// <param name="Artists">Artists known.</param>
/// <param name="SongsWithArtist">Songs whose artist is known.</param>
public sealed record DataFacts(
    string Name, string Fingerprint, int Songs, IReadOnlyList<string> Columns, IReadOnlyList<GenreCount> Genres, int Artists, int SongsWithArtist);

/// <summary>A genre and its songs.</summary>
/// <param name="Label">The genre.</param>
/// <param name="Songs">How many.</param>
public sealed record GenreCount(string Label, int Songs);

/// <summary>How songs were divided.</summary>
/// <param name="Description">In English.</param>
/// <param name="Folds">Divisions in all, repetitions included.</param>
/// <param name="Predictions">Predictions in all.</param>
/// <param name="Groups">Groups of songs that intervals treat as one.</param>
/// <param name="Seed">Decided everything that was drawn.</param>
/// <param name="Test">The test of the comparisons, in English.</param>
public sealed record DesignFacts(string Description, int Folds, int Predictions, int Groups, int Seed, string Test);

/// <summary>How good a learner is. Intervals are 95 % cluster bootstraps over groups of songs unless they say otherwise.</summary>
/// <param name="Name">The learner.</param>
/// <param name="Description">Its settings.</param>
/// <param name="Accuracy">Share predicted right.</param>
/// <param name="AccuracyOverFolds">Mean and interval over the folds (corrected resampled t); null with a single division.</param>
/// <param name="MacroF1">Mean F1 over the genres.</param>
/// <param name="TopTwo">Share whose genre is among the two most probable.</param>
/// <param name="LogLoss">Mean cross-entropy in nats.</param>
/// <param name="CalibrationError">Expected calibration error over 15 bins of confidence.</param>
/// <param name="Genres">Each genre.</param>
/// <param name="Confusion">Predictions by true genre (first index) and predicted genre, over all repetitions.</param>
/// <param name="Reliability">The bins of confidence that have songs.</param>
/// <param name="FoldAccuracies">Accuracy of each fold.</param>
public sealed record LearnerReport(
    string Name, string Description, Estimate Accuracy, Estimate? AccuracyOverFolds, Estimate MacroF1, Estimate TopTwo,
    Estimate LogLoss, Estimate CalibrationError, IReadOnlyList<GenreReport> Genres,
    IReadOnlyList<IReadOnlyList<int>> Confusion, IReadOnlyList<ReliabilityBin> Reliability, IReadOnlyList<double> FoldAccuracies)
{
    /// <summary>What its temperature did; null when it has none.</summary>
    public CalibrationReport? Calibration { get; init; }

    /// <summary>When it said that it is not sure; null when it never does.</summary>
    public AbstentionReport? Abstention { get; init; }
}

/// <summary>How well a genre is known.</summary>
/// <param name="Label">The genre.</param>
/// <param name="Predictions">Predictions for its songs, over all repetitions.</param>
/// <param name="Recall">Share of its songs predicted right; null when the test parts have none.</param>
/// <param name="Precision">Share right of the songs taken for it; null when it was never said.</param>
public sealed record GenreReport(string Label, int Predictions, Estimate? Recall, double? Precision);

/// <summary>Predictions of about the same confidence.</summary>
/// <param name="Low">Confidence above this.</param>
/// <param name="High">And up to this.</param>
/// <param name="Predictions">How many.</param>
/// <param name="Confidence">Their mean confidence.</param>
/// <param name="Accuracy">Share of them that is right.</param>
public sealed record ReliabilityBin(double Low, double High, int Predictions, double Confidence, double Accuracy);

/// <summary>A learner beside the baseline.</summary>
/// <param name="Name">The learner.</param>
/// <param name="Baseline">The baseline.</param>
/// <param name="Difference">Its accuracy less that of the baseline.</param>
/// <param name="PValue">Of the test named in <see cref="DesignFacts.Test"/>.</param>
/// <param name="AdjustedPValue">Holm's adjustment for the number of comparisons.</param>
/// <param name="Verdict"><c>better</c>, <c>worse</c> or <c>no difference beyond noise</c>.</param>
public sealed record Comparison(string Name, string Baseline, Estimate Difference, double PValue, double AdjustedPValue, string Verdict);

/// <summary>How training stood after an epoch, over the folds.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Loss">Cross-entropy of the training part: mean, least and most of the folds.</param>
/// <param name="Accuracy">Share right of the training part: mean, least and most of the folds.</param>
public sealed record LearningCurvePoint(int Epoch, Estimate Loss, Estimate Accuracy);

/// <summary>The improved network on songs that are not of the table.</summary>
/// <param name="Name">What they are, in English.</param>
/// <param name="Songs">How many.</param>
/// <param name="Accuracy">Share predicted right, with the interval of Clopper and Pearson over songs.</param>
public sealed record FurtherSongs(string Name, int Songs, Share Accuracy);
