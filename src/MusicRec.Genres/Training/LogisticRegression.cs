using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using MusicRec.Genres.Evaluation;

namespace MusicRec.Genres.Training;

/// <summary>The plain baseline a network has to beat: multinomial logistic regression by ML.NET on the same scaled rows.</summary>
internal static class LogisticRegression
{
    /// <summary>Fits to the training part and evaluates on the held-out part.</summary>
    public static GenreEvaluation Evaluate(IReadOnlyList<string> labels, Batch training, Batch heldOut, int seed)
    {
        var context = new MLContext(seed);
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, training.Columns);
        schema[nameof(Row.Label)].ColumnType = new KeyDataViewType(typeof(uint), labels.Count);
        var trainer = context.MulticlassClassification.Trainers.LbfgsMaximumEntropy(
            new LbfgsMaximumEntropyMulticlassTrainer.Options { L1Regularization = 0, L2Regularization = 1, NumberOfThreads = 1 });
        var model = trainer.Fit(context.Data.LoadFromEnumerable(RowsOf(training), schema));
        var scores = model.Transform(context.Data.LoadFromEnumerable(RowsOf(heldOut), schema)).GetColumn<float[]>("Score");
        return GenreEvaluation.Of(labels, heldOut.Labels.ToArray(), [.. scores]);
    }

    private static Row[] RowsOf(Batch batch)
    {
        var rows = new Row[batch.Count];
        for (var i = 0; i < rows.Length; i++)
        {
            // Counted from 0: ML.NET itself adds the 1 that its keys begin with, and takes a number too large for a missing label.
            rows[i] = new Row { Features = batch.Rows.Slice(i * batch.Columns, batch.Columns).ToArray(), Label = (uint)batch.Labels[i] };
        }

        return rows;
    }

    private sealed class Row
    {
        public float[] Features { get; init; } = [];

        public uint Label { get; init; }
    }
}
