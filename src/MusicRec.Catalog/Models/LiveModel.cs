using MusicRec.Genres;

namespace MusicRec.Catalog.Models;

/// <summary>
/// The genre model in use: <c>models/live.onnx</c> of the storage folder if there is one, else the bundled demo model.
/// A new file is noticed while the program runs; one that cannot be used leaves the old one in place.
/// </summary>
public sealed class LiveModel
{
    /// <summary>The classifier, or null if no model could be loaded.</summary>
    public GenreClassifier? Classifier => throw new NotImplementedException();

    /// <summary>Why the administrator's model is not in use, in English; null if all is well.</summary>
    public string? Problem => throw new NotImplementedException();

    /// <summary>Whether the bundled demo model is in use.</summary>
    public bool IsBundled => throw new NotImplementedException();
}
