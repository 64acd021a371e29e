using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using MusicRec.Genres.Evaluation;
using MusicRec.Genres.Evaluation.Page;

namespace MusicRec.Genres.Tests.Evaluation.Page;

public class EvaluationPageTests
{
    private static readonly EvaluationReport Report = ModelComparisonTests.Report(
        EvaluationDesign.CrossValidation(EvaluationSongs.Columns, EvaluationSongs.Many(12, 3, withArtists: true), 3, 1, 2));

    private static readonly RankingQuality Ranking = new(
        "plain cosine", new Estimate(0.546, 0.52, 0.57), null, new Estimate(0.4, 0.3, 0.5), new Estimate(1.25, 1, 1.5), new Estimate(0.09, 0.07, 0.11), new Estimate(0.7, 0.6, 0.8))
    { ArtistHitAt5 = new Estimate(0.6, 0.5, 0.7) };

    [Fact]
    public void Write_Report_IsValidHtmlThatNeedsNothingElse()
    {
        var page = Parse(EvaluationPage.Write(Report with { Rankings = [Ranking] }));

        Assert.Empty(page.Scripts);
        Assert.Empty(page.QuerySelectorAll("link, img, iframe, object, embed, [src], [href]"));
        Assert.DoesNotContain("url(", page.QuerySelector("style")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(page.All.SelectMany(element => element.Attributes), attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal));
    }

    [Fact]
    public void Write_Report_HasEverything()
    {
        var page = Parse(EvaluationPage.Write(Report));
        var text = page.Body!.TextContent;

        Assert.Equal(Report.Headline, page.QuerySelector("main > :first-child")!.TextContent);
        Assert.Contains(Report.Data.Fingerprint, text, StringComparison.Ordinal);
        Assert.Equal(Report.Command, page.QuerySelector("pre code")!.TextContent);
        Assert.All(Report.Versions.Values, version => Assert.Contains(version, text, StringComparison.Ordinal));
        Assert.Equal(3, page.QuerySelectorAll("table.confusion").Length);
        Assert.Equal(2 + 2 * 3, page.QuerySelectorAll("svg[role=img][aria-label]").Length);
        Assert.All(page.QuerySelectorAll("table"), table => Assert.NotNull(table.QuerySelector("caption")));
        Assert.Contains(NumberText.PercentWithInterval(Report.Learners[0].Accuracy), text, StringComparison.Ordinal);
        Assert.Contains(Report.Comparisons[1].Verdict, text, StringComparison.Ordinal);
        Assert.DoesNotContain("Recommendations", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Rankings_AreATable()
    {
        var text = Parse(EvaluationPage.Write(Report with { Rankings = [Ranking] })).Body!.TextContent;

        Assert.All(
            ["plain cosine", "54.6 % (52.0 to 57.0)", "artists not known", "60.0 % (50.0 to 70.0)", "40.0 % (30.0 to 50.0)", "1.250 (1.000 to 1.500)", "9.0 % (7.0 to 11.0)"],
            cell => Assert.Contains(cell, text, StringComparison.Ordinal));
    }

    [Fact]
    public void Write_NotSureAndCalibration_AreInPlainWords()
    {
        var learner = Report.Learners[0] with
        {
            Calibration = new CalibrationReport(new Estimate(1.25, 1, 1.5), new Estimate(0.123, 0.1, 0.2), new Estimate(1.5, 1.4, 1.6)),
            Abstention = new AbstentionReport(new Estimate(0.06, 0.04, 0.08), 0.05, 0.01, new Estimate(0.75, 0.7, 0.8), null),
        };

        var page = Parse(EvaluationPage.Write(Report with { Learners = [learner, .. Report.Learners.Skip(1)], Further = [new FurtherSongs("a catalog", 48, Share.Of(24, 48))] }));
        var text = page.Body!.TextContent;

        Assert.All(
            AbstentionText.Sentences(learner.Abstention),
            sentence => Assert.Contains(page.QuerySelectorAll("li"), item => item.TextContent == sentence));
        Assert.Contains("0.123 (0.100 to 0.200)", text, StringComparison.Ordinal);
        Assert.Contains("50.0 % of 48 songs right", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Not sure", Parse(EvaluationPage.Write(Report)).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_ComparisonsWithTheImprovedNetwork_AreATableOfTheirOwn()
    {
        var other = new Comparison("5-NN cosine", "improved network", new Estimate(-0.1, -0.2, -0.05), 0.01, 0.02, "worse");

        var page = Parse(EvaluationPage.Write(Report with { ComparisonsWithImproved = [other] }));

        Assert.Contains("-10.0 (-20.0 to -5.0)", page.QuerySelectorAll("table").Single(table => table.QuerySelector("caption")!.TextContent == "Compared with the improved network").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_MarkupInNames_StaysText()
    {
        var page = Parse(EvaluationPage.Write(Report with { Data = Report.Data with { Name = "<script>alert(1)</script>&\"" } }));

        Assert.Empty(page.Scripts);
        Assert.Equal("Genre evaluation: <script>alert(1)</script>&\"", page.QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public void Write_Leaks_AreListed()
    {
        var leaking = Report with { Headline = "LEAKS", Leaks = [new Leak("artist", 7, [new LeakedPair("a.wav", "b.wav")])] };

        var page = Parse(EvaluationPage.Write(leaking));

        Assert.Equal("LEAKS", page.QuerySelector(".leak")!.TextContent);
        Assert.Contains("a.wav and b.wav", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_NoLearningCurve_LeavesTheChartsOut() =>
        Assert.Equal(6, Parse(EvaluationPage.Write(Report with { LearningCurve = [] })).QuerySelectorAll("svg").Length);

    /// <summary>Strict: an error in the markup throws.</summary>
    private static IHtmlDocument Parse(string html) => new HtmlParser(new HtmlParserOptions { IsStrictMode = true }).ParseDocument(html);
}
