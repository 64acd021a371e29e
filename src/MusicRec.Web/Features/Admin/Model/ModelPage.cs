using MusicRec.Catalog.Models;

namespace MusicRec.Web.Features.Admin.Model;

/// <summary>The genre model and what can be done with it.</summary>
/// <param name="Live">The model in use.</param>
/// <param name="Models">All models, the live one first.</param>
/// <param name="Labels">Songs to train on, by genre.</param>
/// <param name="Training">The latest training, if any.</param>
/// <param name="Problem">Why the model that was asked for cannot be used, in English; null if all is well.</param>
public sealed record ModelPage(
    LiveModel Live, IReadOnlyList<StoredModel> Models, IReadOnlyList<LabelCount> Labels, TrainingProgress? Training, string? Problem)
{
    /// <summary>What is known of the model in use.</summary>
    public ModelDescription? LiveDescription => Models.FirstOrDefault(model => model.IsLive)?.Description;

    /// <summary>Whether a training is under way.</summary>
    public bool IsTraining => Training?.State == TrainingState.Running;

    /// <summary>Whether there are enough songs.</summary>
    public bool CanTrain => TrainingRuns.CanTrain(Labels);
}
