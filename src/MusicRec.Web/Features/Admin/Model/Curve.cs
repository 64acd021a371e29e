using System.Globalization;
using MusicRec.Genres.Training;

namespace MusicRec.Web.Features.Admin.Model;

/// <summary>One line of a chart of a training: a value for every epoch.</summary>
/// <param name="Name">What it shows, in the reader's words.</param>
/// <param name="Style">Class of the line.</param>
/// <param name="Values">One per epoch.</param>
internal sealed record CurveLine(string Name, string Style, IReadOnlyList<double> Values);

/// <summary>A chart of a training: epochs to the right, values up from 0.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Epochs">Epochs in all.</param>
/// <param name="Top">Value at the upper edge.</param>
/// <param name="TopText">The same in words.</param>
/// <param name="Lines">The lines.</param>
internal sealed record CurveChart(string Title, int Epochs, double Top, string TopText, IReadOnlyList<CurveLine> Lines)
{
    public const int Width = 320;
    public const int Height = 120;

    /// <summary>Accuracy and loss, beside those on held-out songs where the trainer measured them.</summary>
    public static IReadOnlyList<CurveChart> Of(IReadOnlyList<EpochReport> curve, Func<string, string> text)
    {
        var epochs = curve[^1].Epochs;
        var accuracy = LinesOf(curve, text, epoch => epoch.Accuracy, epoch => epoch.HeldOutAccuracy);
        var loss = LinesOf(curve, text, epoch => epoch.Loss, epoch => epoch.HeldOutLoss);
        var most = Math.Max(1e-9, loss.Max(line => line.Values.Max()));
        return
        [
            new CurveChart(text("Model.CurveAccuracy"), epochs, 1, "100 %", accuracy),
            new CurveChart(text("Model.CurveLoss"), epochs, most, most.ToString("0.00", CultureInfo.InvariantCulture), loss),
        ];
    }

    /// <summary>Points of a line in the chart's coordinates.</summary>
    public string Points(CurveLine line) => string.Join(' ', line.Values.Select((value, i) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Width * (i + 1.0) / Math.Max(Epochs, line.Values.Count):0.#},{Height * (1 - Math.Min(value / Top, 1)):0.#}")));

    private static List<CurveLine> LinesOf(
        IReadOnlyList<EpochReport> curve, Func<string, string> text, Func<EpochReport, double> training, Func<EpochReport, double?> heldOut)
    {
        List<CurveLine> lines = [new(text("Model.CurveTraining"), "chart-line", [.. curve.Select(training)])];
        if (curve.All(epoch => heldOut(epoch) is not null))
        {
            lines.Add(new CurveLine(text("Model.CurveHeldOut"), "chart-line-other", [.. curve.Select(epoch => heldOut(epoch)!.Value)]));
        }

        return lines;
    }
}
