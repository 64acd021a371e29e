namespace MusicRec.Genres.Training;

/// <summary>How training stands after an epoch.</summary>
/// <param name="Epoch">1 to <paramref name="Epochs"/>.</param>
/// <param name="Epochs">Epochs in all.</param>
/// <param name="Loss">Mean cross-entropy over the training part during the epoch, in nats.</param>
/// <param name="Accuracy">Share of the training part that was right during the epoch.</param>
/// <param name="HeldOutLoss">Mean cross-entropy over the held-out part; null without one.</param>
/// <param name="HeldOutAccuracy">Share of the held-out part that is right; null without one.</param>
public sealed record EpochReport(int Epoch, int Epochs, double Loss, double Accuracy, double? HeldOutLoss, double? HeldOutAccuracy);
