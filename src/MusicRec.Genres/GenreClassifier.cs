using System.Collections.Concurrent;
using System.Numerics.Tensors;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using MusicRec.Audio.Features;
using MusicRec.Genres.Training;

namespace MusicRec.Genres;

/// <summary>Scores feature vectors with one ONNX model (scaler and network in one graph). Safe to call from several threads.</summary>
public sealed class GenreClassifier : IDisposable
{
    private const double SumTolerance = 1e-3;

    /// <summary>
    /// More songs are split over the processors. What the network holds of so many stays in a processor's own cache. A
    /// multiple of the rows that the runtime multiplies together, so that a song's answer is to the last bit what it would
    /// be without the split.
    /// </summary>
    private const int SongsPerPart = 120;

    private readonly InferenceSession _session;
    private readonly int _columns;
    private readonly RunOptions _runOptions = new();
    private readonly ConcurrentBag<ScoringMemory> _idle = [];

    private GenreClassifier(InferenceSession session, GenreModel model)
    {
        _session = session;
        Model = model;
        _columns = model.FeatureVersion == FeatureVersion.MeansOnly ? FeatureVector.FeatureCount : FeatureVector.Length;
    }

    /// <summary>Facts about the model.</summary>
    public GenreModel Model { get; }

    /// <summary>Loads a model file and tries it on one vector.</summary>
    /// <exception cref="InvalidDataException">Not a model of this program, damaged, or for another feature version.</exception>
    /// <exception cref="IOException">The file could not be read.</exception>
    public static GenreClassifier Load(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        ModelFiles.RequireHash(path, sha256);
        var session = Open(bytes);
        try
        {
            var classifier = new GenreClassifier(session, GenreModel.Of(sha256, MetadataOf(session)));
            classifier.Check();
            return classifier;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Genre probabilities of one song, and whether to doubt them. A model of version 1 looks at the means alone.</summary>
    /// <exception cref="ArgumentException">The vector has fewer numbers than the model was trained on.</exception>
    /// <exception cref="InvalidDataException">The model answered with something that is no probability.</exception>
    public GenrePrediction Classify(FeatureVector features)
    {
        // To make the memory takes longer than the network does.
        if (!_idle.TryTake(out var memory))
        {
            memory = MemoryFor(1);
        }

        try
        {
            return Classify([features], 0, 1, memory)[0];
        }
        finally
        {
            _idle.Add(memory);
        }
    }

    /// <summary>Genre probabilities of many songs at once, and whether to doubt them; on all processors if they are more than a few.</summary>
    /// <exception cref="ArgumentException">A vector has fewer numbers than the model was trained on.</exception>
    /// <exception cref="InvalidDataException">The model answered with something that is no probability.</exception>
    public IReadOnlyList<GenrePrediction> Classify(IReadOnlyList<FeatureVector> songs)
    {
        if (songs.Count == 0)
        {
            return [];
        }

        // One song left over belongs to the last part: alone, the runtime would multiply it in another order.
        var parts = (songs.Count - 2) / SongsPerPart + 1;
        var predictions = new GenrePrediction[songs.Count];
        try
        {
            Parallel.For(0, parts, part =>
            {
                var start = part * SongsPerPart;
                var end = part == parts - 1 ? songs.Count : start + SongsPerPart;
                using var memory = MemoryFor(end - start);
                Classify(songs, start, end, memory).CopyTo(predictions, start);
            });
        }
        catch (AggregateException exception)
        {
            // What is wrong with one part is what is wrong.
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }

        return predictions;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var memory in _idle)
        {
            memory.Dispose();
        }

        _runOptions.Dispose();
        _session.Dispose();
    }

    private ScoringMemory MemoryFor(int songs) => new(_session, songs, _columns, Model.Labels.Count, withDistances: Model.Limits is not null);

    private GenrePrediction[] Classify(IReadOnlyList<FeatureVector> songs, int start, int end, ScoringMemory memory)
    {
        for (var i = start; i < end; i++)
        {
            if (songs[i].Values.Length < _columns)
            {
                throw new ArgumentException("The model wants deviations beside the means, and a vector has none.", nameof(songs));
            }

            TensorPrimitives.ConvertSaturating(songs[i].Values[.._columns], memory.Features.AsSpan((i - start) * _columns, _columns));
        }

        _session.RunWithBinding(_runOptions, memory.Binding);
        var predictions = new GenrePrediction[end - start];
        for (var i = 0; i < predictions.Length; i++)
        {
            var distance = Model.Limits is null ? 0 : memory.Distances[i];
            predictions[i] = ToPrediction(memory.Probabilities.AsSpan(i * Model.Labels.Count, Model.Labels.Count), distance);
        }

        return predictions;
    }

    private static InferenceSession Open(byte[] bytes)
    {
        Telemetry.SwitchOff();

        // The network is small: a second thread within it costs more than it saves.
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        try
        {
            return new InferenceSession(bytes, options);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new InvalidDataException("The model file is damaged or not an ONNX model.", exception);
        }
    }

    private static Dictionary<string, string> MetadataOf(InferenceSession session)
    {
        try
        {
            return session.ModelMetadata.CustomMetadataMap;
        }
        catch (Exception exception) when (exception is OnnxRuntimeException or NullReferenceException or ArgumentException)
        {
            // For some damaged keys the runtime has no value, and its binding reads one all the same.
            throw new InvalidDataException("The model file's metadata are damaged.", exception);
        }
    }

    private void Check()
    {
        if (Model.FeatureVersion is not (FeatureVersion.WithDeviations or FeatureVersion.MeansOnly))
        {
            throw new InvalidDataException(
                $"The model was trained on features of version {Model.FeatureVersion}; a model may use version {FeatureVersion.WithDeviations}.");
        }

        RequireShape(_session.InputMetadata, OnnxWriter.InputName, _columns);
        RequireShape(_session.OutputMetadata, OnnxWriter.ProbabilitiesName, Model.Labels.Count);
        if (Model.Limits is not null)
        {
            RequireShape(_session.OutputMetadata, OnnxWriter.DistanceName, 1);
        }

        try
        {
            Classify(new FeatureVector(new double[FeatureVector.Length]));
        }
        catch (OnnxRuntimeException exception)
        {
            throw new InvalidDataException("The model cannot be run on a feature vector.", exception);
        }
    }

    private static void RequireShape(IReadOnlyDictionary<string, NodeMetadata> nodes, string name, int columns)
    {
        // A first dimension of -1 takes any number of songs.
        if (!nodes.TryGetValue(name, out var node) || !node.IsTensor || node.ElementDataType != TensorElementType.Float
            || node.Dimensions is not [-1, var found] || found != columns)
        {
            throw new InvalidDataException($"The model lacks '{name}' with {columns} columns of single-precision numbers for any number of songs.");
        }
    }

    private GenrePrediction ToPrediction(ReadOnlySpan<float> probabilities, float distance)
    {
        // Most likely first; few genres, so each is put in its place among those before it, behind its equals.
        var genres = new GenreProbability[probabilities.Length];
        var sum = 0.0;
        for (var i = 0; i < genres.Length; i++)
        {
            sum += probabilities[i];
            var place = i;
            for (; place > 0 && genres[place - 1].Probability < probabilities[i]; place--)
            {
                genres[place] = genres[place - 1];
            }

            genres[place] = new GenreProbability(Model.Labels[i], probabilities[i]);
        }

        // Also true for NaN.
        if (!(Math.Abs(sum - 1) <= SumTolerance))
        {
            throw new InvalidDataException("The model's answers are no probabilities; the file is damaged.");
        }

        var doubt = Model.Limits is { } limits ? Judge(limits, genres[0].Probability, distance) : PredictionDoubt.None;
        return new GenrePrediction(genres, Model.Version, doubt);
    }

    private static PredictionDoubt Judge(DoubtLimits limits, double topProbability, float distance) =>
        distance >= 0 && float.IsFinite(distance)
            ? limits.Judge(topProbability, distance)
            : throw new InvalidDataException("The model's distance is no distance; the file is damaged.");
}
