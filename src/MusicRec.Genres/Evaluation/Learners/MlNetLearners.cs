using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.LightGbm;

namespace MusicRec.Genres.Evaluation.Learners;

/// <summary>Learners of ML.NET, on standard-scaled features, each on one thread so that a run can be repeated.</summary>
internal static class MlNetLearners
{
    public static Learner LogisticRegression { get; } = new(
        "logistic regression",
        "Multinomial, L-BFGS, L2 regularisation 1 (ML.NET's LbfgsMaximumEntropy); standard scaler.",
        (task, cancellationToken) => Run(
            task,
            context => context.MulticlassClassification.Trainers.LbfgsMaximumEntropy(
                new LbfgsMaximumEntropyMulticlassTrainer.Options { L1Regularization = 0, L2Regularization = 1, NumberOfThreads = 1 }),
            cancellationToken));

    public static Learner LightGbm { get; } = new(
        "LightGBM",
        "Gradient-boosted trees with LightGBM's own defaults: 100 rounds, rate 0.1, 31 leaves, 20 songs in a leaf at least; softmax.",
        (task, cancellationToken) => Run(
            task,
            context => context.MulticlassClassification.Trainers.LightGbm(new LightGbmMulticlassTrainer.Options
            {
                NumberOfIterations = 100,
                LearningRate = 0.1,
                NumberOfLeaves = 31,
                MinimumExampleCountPerLeaf = 20,
                UseSoftmax = true,
                NumberOfThreads = 1,
                Deterministic = true,
                ForceRowWise = true,
                Seed = task.Seed,
            }),
            cancellationToken));

    private static LearnerOutput Run<TModel>(
        LearningTask task, Func<MLContext, IEstimator<TModel>> trainer, CancellationToken cancellationToken)
        where TModel : class, ITransformer
    {
        cancellationToken.ThrowIfCancellationRequested();
        var context = new MLContext(task.Seed);
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, task.Columns.Count);
        schema[nameof(Row.Label)].ColumnType = new KeyDataViewType(typeof(uint), task.Labels.Count);
        var training = task.ScaledTraining().Zip(task.TrainingTargets, RowOf);
        var model = trainer(context).Fit(context.Data.LoadFromEnumerable([.. training], schema));
        var test = task.ScaledTest().Select(row => RowOf(row, 0));
        return new LearnerOutput([.. model.Transform(context.Data.LoadFromEnumerable([.. test], schema)).GetColumn<float[]>("Score")], []);
    }

    private static Row RowOf(double[] scaled, int target) =>
        new() { Features = Array.ConvertAll(scaled, value => (float)value), Label = (uint)target };

    private sealed class Row
    {
        public float[] Features { get; init; } = [];

        /// <summary>Counted from 0: ML.NET itself adds the 1 that its keys begin with.</summary>
        public uint Label { get; init; }
    }
}
