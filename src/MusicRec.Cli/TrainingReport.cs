using MusicRec.Genres.Evaluation;
using MusicRec.Genres.Training;

namespace MusicRec.Cli;

/// <summary>What a training run yielded, for people.</summary>
internal static class TrainingReport
{
    private const int MostLines = 11;

    /// <summary>First and last epoch and some between, evenly spread.</summary>
    public static void WriteEpochs(TextWriter output, IReadOnlyList<EpochReport> history)
    {
        var step = Math.Max(1, (history.Count + MostLines - 2) / (MostLines - 1));
        foreach (var epoch in history.Where(epoch => epoch.Epoch == 1 || epoch.Epoch == history.Count || epoch.Epoch % step == 0))
        {
            var heldOut = epoch.HeldOutLoss is null ? "" : $"   held out: loss {epoch.HeldOutLoss:F4}, accuracy {epoch.HeldOutAccuracy:P1}";
            output.WriteLine($"epoch {epoch.Epoch,4}: loss {epoch.Loss:F4}, accuracy {epoch.Accuracy:P1}{heldOut}");
        }
    }

    /// <summary>The model beside the plain ways to guess.</summary>
    public static void WriteAccuracy(TextWriter output, TrainingResult result)
    {
        if (result.HeldOut is not { } heldOut || result.Baseline is not { } baseline)
        {
            output.WriteLine("No song was held out: nothing is known about the accuracy.");
            return;
        }

        output.WriteLine($"accuracy on {heldOut.Songs} held-out songs:");
        output.WriteLine($"  this model           {Describe(heldOut.Accuracy)}");
        output.WriteLine($"  logistic regression  {Describe(baseline.Accuracy)}");
        output.WriteLine($"  most frequent genre  {heldOut.Majority:P1}");
    }

    /// <summary>A share with its interval.</summary>
    public static string Describe(Share share) => $"{share.Value:P1} (95 % interval {share.Low:P1} to {share.High:P1})";
}
