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
            Add(all, [], options with { Patience = 0 }, random);
            return;
        }

        for (var repeat = 0; repeat < options.Repeats; repeat++)
        {
            var parts = GroupedFolds.Make(labels, [.. songs.Select(song => song.Group)], options.Folds, random);
            for (var part = 0; part < options.Folds; part++)
            {
                Add([.. all.Where(song => parts[song] != part)], [.. all.Where(song => parts[song] == part)], options, random);
            }
        }
    }

    public IReadOnlyList<DenseNetwork> Networks => [.. _members.Select(member => member.Member.Network)];

    /// <summary>Songs that members left out: those of each member of the first division, then the second...; empty without a division.</summary>
    public IReadOnlyList<int[]> LeftOut => [.. _members.Select(member => member.LeftOut).Where(leftOut => leftOut.Length > 0)];

    /// <summary>Trains all members.</summary>
    public List<EpochReport> Train(Batch heldOut, IProgress<EpochReport>? progress, CancellationToken cancellationToken)
    {
        var history = new List<EpochReport>();
        var parallel = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount };
        for (var epoch = 1; epoch <= _options.Epochs && _members.Any(member => !member.Member.Stopped); epoch++)
        {
            RunEpoch(parallel);
            history.Add(Report(epoch, heldOut));
            progress?.Report(history[^1]);
        }

        foreach (var (member, _) in _members)
        {
            member.RestoreBest();
        }

        return history;
    }

    /// <summary>Mean probabilities of each song by the members that left it out, row by row; empty without a division.</summary>
    public float[] OutOfFold()
    {
        if (LeftOut.Count == 0)
        {
            return [];
        }

        var probabilities = new float[_songs.Count * _outputs];
        foreach (var (member, leftOut) in _members)
        {
            var batch = Batch.Of(_scaler, _songs, _labels, _outputs, leftOut);
            var said = member.Network.Forward(batch.Rows, batch.Count);
            for (var i = 0; i < said.Length; i++)
            {
                probabilities[leftOut[i / _outputs] * _outputs + i % _outputs] += said[i] / _options.Repeats;
            }
        }

        return probabilities;
    }

    private void Add(int[] training, int[] leftOut, TrainingOptions options, Random random) => _members.Add((
        new Member(
            [_scaler.ColumnCount, .. options.HiddenLayers, _outputs],
            Batch.Of(_scaler, _songs, _labels, _outputs, training, options.LabelSmoothing),
            Batch.Of(_scaler, _songs, _labels, _outputs, leftOut),
            options, random.Next()),
        leftOut));

    private void RunEpoch(ParallelOptions parallel)
    {
        try
        {
            Parallel.ForEach(_members.Where(member => !member.Member.Stopped), parallel, member => member.Member.RunEpoch(parallel.CancellationToken));
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
