using MusicRec.Genres.Evaluation;

namespace MusicRec.Genres.Training;

/// <summary>How good probabilities are.</summary>
/// <param name="Loss">Sum of the cross-entropies, in nats.</param>
/// <param name="Right">Songs whose most likely label is the right one.</param>
internal readonly record struct Score(double Loss, int Right)
{
    public static Score Of(ReadOnlySpan<float> probabilities, ReadOnlySpan<int> labels)
    {
        var (loss, right) = (0.0, 0);
        var outputs = labels.IsEmpty ? 0 : probabilities.Length / labels.Length;
        for (var row = 0; row < labels.Length; row++)
        {
            var scores = probabilities.Slice(row * outputs, outputs);
            loss -= Math.Log(Math.Max(scores[labels[row]], 1e-7f));
            right += GenreEvaluation.Best(scores) == labels[row] ? 1 : 0;
        }

        return new Score(loss, right);
    }
}
