namespace MusicRec.Genres.Training;

/// <summary>Scaled rows and their labels, side by side.</summary>
/// <param name="columns">Numbers per row.</param>
/// <param name="capacity">Most rows.</param>
internal sealed class Batch(int columns, int capacity)
{
    private readonly float[] _rows = new float[columns * capacity];
    private readonly int[] _labels = new int[capacity];

    public int Capacity => capacity;

    public int Columns => columns;

    public int Count { get; private set; }

    public ReadOnlySpan<float> Rows => _rows.AsSpan(0, Count * columns);

    public ReadOnlySpan<int> Labels => _labels.AsSpan(0, Count);

    /// <summary>The chosen songs, scaled.</summary>
    public static Batch Of(TrainedModel model, DatasetRow[] songs, int[] targets, IReadOnlyList<int> chosen)
    {
        var columns = model.Network.Inputs;
        var batch = new Batch(columns, chosen.Count);
        foreach (var song in chosen)
        {
            model.ScaleInto(songs[song].Values.Span, batch._rows.AsSpan(batch.Count * columns, columns));
            batch._labels[batch.Count++] = targets[song];
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
            _labels[Count++] = source._labels[row];
        }
    }
}
