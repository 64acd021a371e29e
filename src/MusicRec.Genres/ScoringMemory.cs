using Microsoft.ML.OnnxRuntime;
using MusicRec.Genres.Training;

namespace MusicRec.Genres;

/// <summary>Where a model reads features and writes its answers: arrays of this program that the runtime works in without a copy.</summary>
internal sealed class ScoringMemory : IDisposable
{
    private readonly List<OrtValue> _values = [];

    /// <summary>Makes room for so many songs.</summary>
    /// <param name="session">The model.</param>
    /// <param name="songs">1 or more.</param>
    /// <param name="columns">Features of a song.</param>
    /// <param name="labels">Genres.</param>
    /// <param name="withDistances">Whether the model also says how far a song is from its training.</param>
    public ScoringMemory(InferenceSession session, int songs, int columns, int labels, bool withDistances)
    {
        Features = new float[songs * columns];
        Probabilities = new float[songs * labels];
        Distances = withDistances ? new float[songs] : [];
        Binding = session.CreateIoBinding();
        Binding.BindInput(OnnxWriter.InputName, ValueOf(Features, songs));
        Binding.BindOutput(OnnxWriter.ProbabilitiesName, ValueOf(Probabilities, songs));
        if (withDistances)
        {
            Binding.BindOutput(OnnxWriter.DistanceName, ValueOf(Distances, songs));
        }
    }

    /// <summary>Song by song.</summary>
    public float[] Features { get; }

    /// <summary>Song by song, in the order of the labels.</summary>
    public float[] Probabilities { get; }

    /// <summary>One per song; empty without them.</summary>
    public float[] Distances { get; }

    /// <summary>Ties the arrays to the model's input and outputs.</summary>
    public OrtIoBinding Binding { get; }

    public void Dispose()
    {
        Binding.Dispose();
        _values.ForEach(value => value.Dispose());
    }

    private OrtValue ValueOf(float[] numbers, int songs)
    {
        var value = OrtValue.CreateTensorValueFromMemory(numbers, [songs, numbers.Length / songs]);
        _values.Add(value);
        return value;
    }
}
