namespace MusicRec.Genres;

/// <summary>Why a prediction is better called "not sure".</summary>
public enum PredictionDoubt
{
    /// <summary>No doubt.</summary>
    None,

    /// <summary>No genre is likely enough.</summary>
    LowConfidence,

    /// <summary>The sound is far from everything the model was trained on: silence, noise, a test tone.</summary>
    UnlikeTraining,
}
