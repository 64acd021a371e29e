using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using MusicRec.Audio.Features;
using MusicRec.Audio.Spectra;

namespace MusicRec.Genres.Embedding;

/// <summary>What an embedding heard.</summary>
/// <param name="Windows">A vector of length 1 for each window, one after the other.</param>
/// <param name="Song">One for the song: the direction of their sum.</param>
public sealed record HeardSong(float[] Windows, float[] Song);

/// <summary>
/// A learned network that turns three seconds of sound into a vector: what sounds alike lies close. One ONNX file from decibels to
/// vectors. Safe to use from several threads at once.
/// </summary>
public sealed class SoundEmbedding : IDisposable
{
    /// <summary>The graph's input: windows x bands x frames, in dB.</summary>
    public const string InputName = "decibels";

    /// <summary>The graph's output of a vector for each window.</summary>
    public const string WindowsName = "windows";

    /// <summary>The graph's output of a vector for the song. This program sums the windows itself, as it gives the graph a few of them at a time.</summary>
    public const string SongName = "song";

    /// <summary>What the network holds of so many stays small: of a whole song it would be five times as much, for each thread.</summary>
    private const int WindowsAtOnce = 2;

    // A failure is not kept: the next who asks tries again.
    private static readonly Lazy<SoundEmbedding> Kept = new(LoadBundled, LazyThreadSafetyMode.PublicationOnly);

    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();

    /// <summary>The embedding that came with the program, part of feature version 3.</summary>
    public static readonly string Bundled = Path.Combine(AppContext.BaseDirectory, "models", "ear.onnx");

    private SoundEmbedding(InferenceSession session, int dimensions) => (_session, Dimensions) = (session, dimensions);

    /// <summary>Numbers in a vector.</summary>
    public int Dimensions { get; }

    /// <summary>
    /// The embedding that came with the program, loaded when first asked for and kept to the end of the process. Not to be disposed: a song may be heard while
    /// a host stops, and the runtime's memory must be there until then.
    /// </summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    /// <exception cref="IOException">It is missing.</exception>
    public static SoundEmbedding Shared => Kept.Value;

    private static SoundEmbedding LoadBundled()
    {
        var embedding = Load(Bundled);
        return embedding.Dimensions == FeatureVector.SoundLength
            ? embedding
            : throw new InvalidDataException($"The bundled embedding has {embedding.Dimensions} numbers, not {FeatureVector.SoundLength}.");
    }

    /// <summary>Loads a model file.</summary>
    /// <exception cref="InvalidDataException">Not an embedding of this program, or damaged.</exception>
    /// <exception cref="IOException">The file could not be read.</exception>
    public static SoundEmbedding Load(string path) => Load(File.ReadAllBytes(path));

    /// <summary>Loads a model from the bytes of its file.</summary>
    /// <exception cref="InvalidDataException">Not an embedding of this program, or damaged.</exception>
    public static SoundEmbedding Load(byte[] file)
    {
        Telemetry.SwitchOff();
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        InferenceSession? session = null;
        try
        {
            session = new InferenceSession(file, options);
            return new SoundEmbedding(session, DimensionsOf(session));
        }
        catch (OnnxRuntimeException exception)
        {
            session?.Dispose();
            throw new InvalidDataException("The embedding is damaged or not an ONNX model.", exception);
        }
        catch (InvalidDataException)
        {
            session?.Dispose();
            throw;
        }
    }

    /// <summary>Listens to a song.</summary>
    /// <param name="mel">Its mel spectrogram in dB.</param>
    public HeardSong Hear(MelSpectrogram mel)
    {
        var windows = new float[MelWindows.Count(mel.FrameCount) * Dimensions];
        for (var first = 0; first < windows.Length / Dimensions; first += WindowsAtOnce)
        {
            Hear(mel, first, windows.AsSpan(first * Dimensions)[..Math.Min(WindowsAtOnce * Dimensions, windows.Length - (first * Dimensions))]);
        }

        return new HeardSong(windows, DirectionOfSum(windows));
    }

    /// <summary>Listens to some windows; as many as there is room for vectors.</summary>
    private void Hear(MelSpectrogram mel, int first, Span<float> vectors)
    {
        // The runtime's own memory is aligned: how memory lies decides about the last bit of its sums.
        var windows = vectors.Length / Dimensions;
        using var input = OrtValue.CreateAllocatedTensorValue(
            OrtAllocator.DefaultInstance, TensorElementType.Float, [windows, FeatureVersion.MelBands, MelWindows.Frames]);
        var decibels = input.GetTensorMutableDataAsSpan<float>();
        for (var window = 0; window < windows; window++)
        {
            MelWindows.Copy(mel, first + window, decibels.Slice(window * MelWindows.Size, MelWindows.Size));
        }

        using var outputs = _session.Run(_runOptions, [InputName], [input], [WindowsName]);
        outputs[0].GetTensorDataAsSpan<float>().CopyTo(vectors);
    }

    /// <summary>What it hears in a song as a whole: 64 numbers, together of length 1.</summary>
    /// <param name="mel">Its mel spectrogram in dB.</param>
    public float[] HearSong(MelSpectrogram mel) => Hear(mel).Song;

    /// <inheritdoc/>
    public void Dispose()
    {
        _runOptions.Dispose();
        _session.Dispose();
    }

    /// <summary>In one order of additions on every machine.</summary>
    private float[] DirectionOfSum(ReadOnlySpan<float> windows)
    {
        var sum = new double[Dimensions];
        for (var i = 0; i < windows.Length; i++)
        {
            sum[i % Dimensions] += windows[i];
        }

        var squares = 0.0;
        foreach (var value in sum)
        {
            squares += value * value;
        }

        // Windows that cancel out have no direction.
        var length = squares > 0 ? Math.Sqrt(squares) : 1;
        return Array.ConvertAll(sum, value => (float)(value / length));
    }

    private static int DimensionsOf(InferenceSession session)
    {
        var takes = session.InputMetadata.TryGetValue(InputName, out var input)
            && input.Dimensions is [_, FeatureVersion.MelBands, MelWindows.Frames];
        return takes
            && session.OutputMetadata.TryGetValue(WindowsName, out var windows) && windows.Dimensions is [_, > 0 and var dimensions]
            && session.OutputMetadata.TryGetValue(SongName, out var song) && song.Dimensions is [_, var same] && same == dimensions
            ? dimensions
            : throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture, $"This model is no embedding of windows of {FeatureVersion.MelBands} bands and {MelWindows.Frames} frames."));
    }
}
