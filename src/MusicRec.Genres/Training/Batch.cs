using MathNet.Numerics.Distributions;

namespace MusicRec.Genres.Training;

/// <summary>Scaled rows, their labels, and the probabilities a network is to give for them, side by side.</summary>
/// <param name="columns">Numbers per row.</param>
/// <param name="outputs">Labels there are.</param>
/// <param name="capacity">Most rows.</param>
internal sealed class Batch(int columns, int outputs, int capacity)
{
    private readonly float[] _rows = new float[columns * capacity];
    private readonly float[] _targets = new float[outputs * capacity];
    private readonly int[] _labels = new int[capacity];

    public int Capacity => capacity;

    public int Columns => columns;

    public int Count { get; private set; }

    public ReadOnlySpan<float> Rows => _rows.AsSpan(0, Count * columns);

    public ReadOnlySpan<float> Targets => _targets.AsSpan(0, Count * outputs);

    public ReadOnlySpan<int> Labels => _labels.AsSpan(0, Count);

    /// <summary>The chosen songs, scaled.</summary>
    /// <param name="scaler">Scales them.</param>
    /// <param name="songs">All songs.</param>
    /// <param name="labels">The label of each.</param>
    /// <param name="outputs">Labels there are.</param>
    /// <param name="chosen">Which songs.</param>
    public static Batch Of(
        FeatureScaler scaler, IReadOnlyList<DatasetRow> songs, IReadOnlyList<int> labels, int outputs, IReadOnlyList<int> chosen)
    {
        var columns = scaler.ColumnCount;
        var batch = new Batch(columns, outputs, chosen.Count);
        foreach (var song in chosen)
        {
            TrainedModel.ScaleInto(scaler, songs[song].Values.Span, batch._rows.AsSpan(batch.Count * columns, columns));
            batch._targets[batch.Count * outputs + labels[song]] = 1;
            batch._labels[batch.Count++] = labels[song];
        }

        return batch;
    }

    /// <summary>Replaces the content by chosen rows of another batch.</summary>
    public void Gather(Batch source, ReadOnlySpan<int> chosen)
    {
        Count = 0;
        foreach (var row in chosen)
        {
            source._rows.AsSpan(row * columns, columns).CopyTo(_rows.AsSpan(Count * columns));
            source._targets.AsSpan(row * outputs, outputs).CopyTo(_targets.AsSpan(Count * outputs));
            _labels[Count++] = source._labels[row];
        }
    }

    /// <summary>
    /// Zhang and others' mixup (2018): every row and its target becomes a mixture with another one of the batch. The label
    /// stays that of the larger part.
    /// </summary>
    /// <param name="strength">Both parameters of the Beta distribution the shares are drawn from, above 0.</param>
    /// <param name="random">Decides partners and shares.</param>
    public void Mix(double strength, Random random)
    {
        var (rows, targets) = (Rows.ToArray(), Targets.ToArray());
        for (var row = 0; row < Count; row++)
        {
            var share = Beta.Sample(random, strength, strength);
            var larger = (float)Math.Max(share, 1 - share);
            var partner = random.Next(Count);
            Blend(_rows, rows, row * columns, partner * columns, columns, larger);
            Blend(_targets, targets, row * outputs, partner * outputs, outputs, larger);
        }
    }

    private static void Blend(float[] mixed, float[] source, int first, int second, int length, float share)
    {
        for (var i = 0; i < length; i++)
        {
            mixed[first + i] = share * source[first + i] + (1 - share) * source[second + i];
        }
    }
}
