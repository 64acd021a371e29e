using System.Globalization;

namespace MusicRec.Genres.Evaluation.Page;

/// <summary>The drawings of a report.</summary>
internal static class Charts
{
    private static readonly double[] Fifths = [0, 0.2, 0.4, 0.6, 0.8, 1];

    /// <summary>The loss of the training part by epoch, with the loss of the test parts as a dashed line.</summary>
    public static HtmlText Loss(IReadOnlyList<LearningCurvePoint> curve, double testLoss) =>
        Training("Loss by epoch", "loss", curve, point => point.Loss, testLoss, "0.0");

    /// <summary>The accuracy of the training part by epoch, with that of the test parts as a dashed line.</summary>
    public static HtmlText Accuracy(IReadOnlyList<LearningCurvePoint> curve, double testAccuracy) =>
        Training("Accuracy by epoch", "accuracy", curve, point => point.Accuracy, testAccuracy, "0.0");

    /// <summary>Accuracy over confidence; dots grow with the number of predictions, on the diagonal confidence is honest.</summary>
    public static HtmlText Reliability(LearnerReport learner)
    {
        var chart = new SvgChart($"Reliability diagram of {learner.Name}", 380, 340, 1, 1)
            .Axes("confidence", Fifths, "accuracy", Fifths, "0.0")
            .Curve("ideal", [(0, 0), (1, 1)])
            .Curve("curve", learner.Reliability.Select(bin => (bin.Confidence, bin.Accuracy)));
        var most = learner.Reliability.Max(bin => bin.Predictions);
        foreach (var bin in learner.Reliability)
        {
            chart.Dot(
                bin.Confidence, bin.Accuracy, 3 + 7 * Math.Sqrt((double)bin.Predictions / most),
                string.Create(CultureInfo.InvariantCulture, $"confidence {bin.Confidence:F2}, accuracy {bin.Accuracy:F2}, {bin.Predictions} predictions"));
        }

        return chart.End();
    }

    /// <summary>A bar for the recall of each genre, with its interval.</summary>
    public static HtmlText Recalls(LearnerReport learner)
    {
        const int RowHeight = 26;
        const int Left = 120;
        const int Width = 560;
        const int Full = Width - Left - 70;
        var height = RowHeight * learner.Genres.Count + 8;
        var html = new HtmlText();
        html.Line($"<svg role=\"img\" aria-label=\"Recall of each genre, {learner.Name}\" viewBox=\"0 0 {Width} {height}\" width=\"{Width}\" height=\"{height}\">");
        foreach (var (genre, row) in learner.Genres.Select((genre, row) => (genre, row)))
        {
            var y = RowHeight * row + 4;
            html.Line($"<text x=\"{Left - 8}\" y=\"{y + 16}\" text-anchor=\"end\">{genre.Label}</text>");
            if (genre.Recall is { } recall)
            {
                html.Line($"<rect class=\"bar\" x=\"{Left}\" y=\"{y + 3}\" width=\"{Full * recall.Value:0.##}\" height=\"{RowHeight - 8}\"/>");
                html.Line($"<line class=\"whisker\" x1=\"{Left + Full * recall.Low:0.##}\" y1=\"{y + 12}\" x2=\"{Left + Full * recall.High:0.##}\" y2=\"{y + 12}\"/>");
                html.Line($"<text x=\"{Left + Full + 8}\" y=\"{y + 16}\">{NumberText.Percent(recall.Value)}</text>");
            }
        }

        return html.Line($"</svg>");
    }

    private static HtmlText Training(
        string description, string name, IReadOnlyList<LearningCurvePoint> curve, Func<LearningCurvePoint, Estimate> value, double test, string format)
    {
        var most = Math.Max(test, curve.Max(point => value(point).High)) * 1.05;
        most = name == "accuracy" ? 1 : most;
        var ticks = name == "accuracy" ? Fifths : [.. Enumerable.Range(0, 6).Select(tick => most * tick / 5)];
        return new SvgChart(description, 420, 300, curve.Count, most)
            .Axes("epoch", [0, curve.Count / 2, curve.Count], name, ticks, format)
            .Band([.. curve.Select(point => ((double)point.Epoch, value(point).Low, value(point).High))])
            .Curve("curve", curve.Select(point => ((double)point.Epoch, value(point).Value)))
            .Curve("ideal", [(0, test), (curve.Count, test)])
            .End();
    }
}
