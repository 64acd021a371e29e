namespace MusicRec.Genres.Training;

/// <summary>
/// Networks trained side by side, epoch by epoch: one on all songs, or several that each leave out another part of them. What a
/// member says of the songs it left out tells, without further songs, how sure the committee may be.
/// </summary>
internal sealed class Committee
{
    private readonly IReadOnlyList<DatasetRow> _songs;
    private readonly int[] _labels;
    private readonly int _outputs;
    private readonly FeatureScaler _scaler;
    private readonly TrainingOptions _options;
    private readonly List<(Member Member, int[] LeftOut)> _members = [];

    /// <summary>Makes the members.</summary>
    /// <param name="songs">The training part.</param>
    /// <param name="labels">The label of each song.</param>
    /// <param name="outputs">Labels there are.</param>
    /// <param name="scaler">Fitted to the training part.</param>
    /// <param name="options">How.</param>
    /// <param name="random">Decides division and seeds.</param>
    public Committee(IReadOnlyList<DatasetRow> songs, int[] labels, int outputs, FeatureScaler scaler, TrainingOptions options, Random random)
    {
        (_songs, _labels, _outputs, _scaler, _options) = (songs, labels, outputs, scaler, options);
        var all = Enumerable.Range(0, songs.Count).ToArray();
        if (options.Folds == 0 || songs.Count < options.Folds)
        {
            Add(all, [], random);
            return;
        }

        var parts = GroupedFolds.Make(labels, [.. songs.Select(song => song.Group)], options.Folds, random);
        for (var part = 0; part < options.Folds; part++)
        {
            Add([.. all.Where(song => parts[song] != part)], [.. all.Where(song => parts[song] == part)], random);
        }
    }

    public IReadOnlyList<DenseNetwork> Networks => [.. _members.Select(member => member.Member.Network)];

    /// <summary>Songs that each member left out: together every song once, or none without a division.</summary>
    public IReadOnlyList<int[]> LeftOut => [.. _members.Select(member => member.LeftOut).Where(leftOut => leftOut.Length > 0)];

    /// <summary>Trains all members.</summary>
    public List<EpochReport> Train(Batch heldOut, IProgress<EpochReport>? progress, CancellationToken cancellationToken)
    {
        var history = new List<EpochReport>();
        var parallel = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount };
        for (var epoch = 1; epoch <= _options.Epochs; epoch++)
        {
            RunEpoch(parallel);
            history.Add(Report(epoch, heldOut));
            progress?.Report(history[^1]);
        }

        return history;
    }

    /// <summary>Probabilities of each song by the member that left it out, row by row; empty without a division.</summary>
    public float[] OutOfFold()
    {
        var probabilities = new float[LeftOut.Count == 0 ? 0 : _songs.Count * _outputs];
        foreach (var (member, leftOut) in _members)
        {
            var batch = BatchOf(leftOut);
            var said = member.Network.Forward(batch.Rows, batch.Count);
            for (var i = 0; i < said.Length; i++)
            {
                probabilities[leftOut[i / _outputs] * _outputs + i % _outputs] = said[i];
            }
        }

        return probabilities;
    }

    /// <summary>Distance of each song from those of the other parts; empty without a division.</summary>
    public float[] OutOfFoldDistances()
    {
        var distances = new float[LeftOut.Count == 0 ? 0 : _songs.Count];
        foreach (var leftOut in LeftOut)
        {
            var others = TrainingDistance.Fit(BatchOf([.. Enumerable.Range(0, _songs.Count).Except(leftOut)]).Rows, _scaler.ColumnCount);
            var rows = BatchOf(leftOut);
            for (var i = 0; i < leftOut.Length; i++)
            {
                distances[leftOut[i]] = others.Of(rows.Rows.Slice(i * rows.Columns, rows.Columns));
            }
        }

        return distances;
    }

    /// <summary>Distances from all songs.</summary>
    public TrainingDistance Distance() => TrainingDistance.Fit(BatchOf([.. Enumerable.Range(0, _songs.Count)]).Rows, _scaler.ColumnCount);

    private Batch BatchOf(IReadOnlyList<int> chosen) => Batch.Of(_scaler, _songs, _labels, _outputs, chosen);

    private void Add(int[] training, int[] leftOut, Random random) => _members.Add((
        new Member([_scaler.ColumnCount, .. _options.HiddenLayers, _outputs], BatchOf(training), _options, random.Next()), leftOut));

    private void RunEpoch(ParallelOptions parallel)
    {
        try
        {
            Parallel.ForEach(_members, parallel, member => member.Member.RunEpoch(parallel.CancellationToken));
        }
        catch (AggregateException exception) when (exception.InnerException is InvalidDataException diverged)
        {
            throw new InvalidDataException(diverged.Message, diverged);
        }
    }

    /// <summary>Losses are the members' means; the held-out part is judged by the committee.</summary>
    private EpochReport Report(int epoch, Batch heldOut)
    {
        var report = new EpochReport(
            epoch, _options.Epochs, _members.Average(member => member.Member.Loss), _members.Average(member => member.Member.Accuracy), null, null);
        if (heldOut.Count == 0)
        {
            return report;
        }

        var score = Score.Of(TrainedModel.Average(Networks, heldOut.Rows, heldOut.Count), heldOut.Labels);
        return report with { HeldOutLoss = score.Loss / heldOut.Count, HeldOutAccuracy = (double)score.Right / heldOut.Count };
    }
}
