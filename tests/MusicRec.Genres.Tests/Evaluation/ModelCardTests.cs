using System.Globalization;
using MusicRec.Genres.Evaluation;

namespace MusicRec.Genres.Tests.Evaluation;

public class ModelCardTests
{
    private static readonly ModelFacts Facts = new(
        "A model", "For tests only.", "songs of the training part", "songs of the other part", "musicrec train data.csv");

    [Fact]
    public void Write_EvaluationAndBaseline_HasTheirNumbers()
    {
        var evaluation = Evaluate(hits: 5);

        var card = Lines(ModelCard.Write(Facts, "26-16-2, 40 epochs", evaluation, Evaluate(hits: 10)));

        Assert.Equal("# A model", card[0]);
        Assert.Contains("For tests only.", card);
        Assert.Contains("- **Trained on**: songs of the training part", card);
        Assert.Contains("- **Evaluated on**: songs of the other part", card);
        Assert.Contains("- **Network**: 26-16-2, 40 epochs", card);
        Assert.Contains("- **Made again by**: `musicrec train data.csv`", card);
        Assert.Contains("## Accuracy on 10 songs it never saw", card);
        Assert.Contains("| this model | 50.0 % | 18.7 % to 81.3 % | 0.837 |", card);
        Assert.Contains("| logistic regression | 100.0 % | 69.2 % to 100.0 % | 0.288 |", card);
        Assert.Contains("| always the most frequent genre | 100.0 % | | |", card);
        Assert.Contains("| | Rock | Trot | recall |", card);
        Assert.Contains("| --- | --- | --- | --- |", card);
        Assert.Contains("| Rock | 5 | 5 | 50.0 % |", card);
        Assert.Contains("| Trot | 0 | 0 | no song |", card);
    }

    [Fact]
    public void Write_NoBaseline_LeavesItsRowOut() =>
        Assert.DoesNotContain("logistic", ModelCard.Write(Facts, "", Evaluate(5), null), StringComparison.Ordinal);

    [Fact]
    public void Write_InACultureWithCommas_IsTheSame()
    {
        var expected = ModelCard.Write(Facts, "", Evaluate(5), Evaluate(10));
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            Assert.Equal(expected, ModelCard.Write(Facts, "", Evaluate(5), Evaluate(10)));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    /// <summary>Ten songs, all of them rock; the cross-entropy is -ln 0.75 of a hit and -ln 0.25 of a miss.</summary>
    private static GenreEvaluation Evaluate(int hits) => GenreEvaluation.Of(
        ["Rock", "Trot"], new int[10], [.. Enumerable.Range(0, 10).Select(song => song < hits ? new[] { 0.75f, 0.25f } : [0.25f, 0.75f])]);

    private static string[] Lines(string card) => card.Split('\n');
}
