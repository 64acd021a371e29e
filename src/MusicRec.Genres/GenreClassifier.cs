using MusicRec.Audio.Features;

namespace MusicRec.Genres;

/// <summary>Scores feature vectors with one ONNX model (scaler and network in one graph). Safe to call from several threads.</summary>
public sealed class GenreClassifier : IDisposable
{
    /// <summary>Facts about the model.</summary>
    public GenreModel Model { get; }

    private GenreClassifier(GenreModel model) => Model = model;

    /// <summary>Loads a model file.</summary>
    /// <exception cref="InvalidDataException">Not a model of this program, damaged, or for another feature version.</exception>
    public static GenreClassifier Load(string path) => throw new NotImplementedException();

    /// <summary>Genre probabilities of one song.</summary>
    public GenrePrediction Classify(FeatureVector features) => throw new NotImplementedException();

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
