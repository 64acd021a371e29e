using System.Globalization;
using MusicRec.Genres.Evaluation;
using MusicRec.Genres.Evaluation.Page;

namespace MusicRec.Genres.Tests.Evaluation;

public class ModelCardTests
{
    private static readonly EvaluationReport Report = ReportOf();

    [Fact]
    public void Write_Report_HasItsNumbers()
    {
        var card = Lines(Report);

        Assert.Equal(("# A model", "For tests only."), (card[0], card[2]));
        Assert.Contains("- **Data**: songs.csv, 36 songs (Rock 20, Trot 16), 2 features, SHA-256 of the table `abc123`", card);
        Assert.Contains("- **Division**: one fixed split; seed 9", card);
        Assert.Contains("- **Leaks**: No leak found.", card);
        Assert.Contains("- **Network**: hidden layers 8", card);
        Assert.Contains("- **Made again by**: `musicrec demo-model --out m.onnx`", card);
        Assert.Contains("- **Computed with**: MusicRec 1.2.3, Processor X64", card);
        Assert.Contains("| plain | 41.1 % (31.1 to 51.1) | 42.0 % | 43.0 % | 1.440 | 0.045 |", card);
        Assert.Contains("| **improved network** | 61.1 % (51.1 to 71.1) | 62.0 % | 63.0 % | 0.640 | 0.065 |", card);
        Assert.Contains("| Rock | 6 | 66.6 % (55.5 to 77.7) | 88.8 % |", card);
        Assert.Contains("| Trot | 0 | no song | never said |", card);
        Assert.Contains("| | Rock | Trot |", card);
        Assert.Contains("| Rock | 4 | 2 |", card);
        Assert.Contains("| | before | after temperature 1.25 |", card);
        Assert.Contains("| expected calibration error | 0.201 (0.101 to 0.301) | 0.065 (0.015 to 0.165) |", card);
        Assert.Contains("| log loss | 0.901 (0.801 to 1.001) | 0.640 (0.540 to 0.740) |", card);
        Assert.All(AbstentionText.Sentences(Report.Improved!.Abstention!), sentence => Assert.Contains($"- {sentence}", card));
        Assert.Contains("Accuracy on 48 songs, none of which it saw: 50.0 % (35.2 % to 64.8 %; Clopper and Pearson's interval).", card);
    }

    [Fact]
    public void Write_ReportReadBack_IsTheSameCard() =>
        Assert.Equal(ModelCard.Write("A model", "", Report), ModelCard.Write("A model", "", EvaluationReport.FromJson(Report.ToJson())));

    [Fact]
    public void Write_AnotherNumberInTheReport_IsAnotherNumberOnTheCard()
    {
        var improved = Report.Improved! with { Accuracy = new Estimate(0.123, 0.1, 0.2), Abstention = null };

        var card = Lines(Report with { Learners = [Report.Learners[0], improved] });

        Assert.Contains(card, line => line.Contains(NumberText.PercentWithInterval(improved.Accuracy), StringComparison.Ordinal));
        Assert.DoesNotContain(card, line => line.Contains("61.1", StringComparison.Ordinal));
        Assert.Contains("The training part was too small to learn when to doubt: this model always answers.", card);
    }

    [Fact]
    public void Write_ReportWithoutTheImprovedNetwork_Throws() =>
        Assert.Throws<ArgumentException>(() => ModelCard.Write("", "", Report with { Learners = [Report.Learners[0]] }));

    [Fact]
    public void Write_InACultureWithCommas_IsTheSame()
    {
        var expected = ModelCard.Write("A model", "", Report);
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            Assert.Equal(expected, ModelCard.Write("A model", "", Report));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    /// <summary>Every number is another one, so that none can stand in for its neighbour.</summary>
    private static EvaluationReport ReportOf()
    {
        var plain = LearnerOf("plain", "", 0.4, 1.44);
        var improved = LearnerOf(EvaluationReport.ImprovedNetwork, "hidden layers 8", 0.6, 0.64) with
        {
            Genres = [new GenreReport("Rock", 6, new Estimate(0.666, 0.555, 0.777), 0.888), new GenreReport("Trot", 0, null, null)],
            Confusion = [[4, 2], [0, 0]],
            Calibration = new CalibrationReport(new Estimate(1.25, 1.25, 1.25), new Estimate(0.201, 0.101, 0.301), new Estimate(0.901, 0.801, 1.001)),
            Abstention = new AbstentionReport(
                new Estimate(0.031, 0.021, 0.041), 0.022, 0.009, new Estimate(0.7, 0.6, 0.8),
                new NonMusicReport(70, 1, new Estimate(0.971, 0.971, 0.971), [new AcceptedSound("pink noise 0.9", 1)])),
        };
        return new EvaluationReport(
            "No leak found.", "musicrec demo-model --out m.onnx",
            new DataFacts("songs.csv", "abc123", 36, ["x", "y"], [new GenreCount("Rock", 20), new GenreCount("Trot", 16)], 0, 0),
            new DesignFacts("one fixed split", 1, 6, 6, 9, "McNemar"), [],
            new Dictionary<string, string> { ["MusicRec"] = "1.2.3", ["Processor"] = "X64" }, [plain, improved], [], [])
        {
            Further = [new FurtherSongs("a catalog", 48, Share.Of(24, 48))],
        };
    }

    private static LearnerReport LearnerOf(string name, string description, double share, double loss) => new(
        name, description, Around(share + 0.011), null, Around(share + 0.02), Around(share + 0.03), Around(loss),
        new Estimate(share / 10 + 0.005, 0.015, share / 10 + 0.105), [], [], [], []);

    private static Estimate Around(double value) => new(value, value - 0.1, value + 0.1);

    private static string[] Lines(EvaluationReport report) => ModelCard.Write("A model", "For tests only.", report).Split('\n');
}
