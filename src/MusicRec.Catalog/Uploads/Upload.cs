using MusicRec.Audio.Features;
using MusicRec.Genres;

namespace MusicRec.Catalog.Uploads;

/// <summary>A visitor's song and what the analysis said. Reached by its unguessable id only; kept until <see cref="ExpiresAt"/>.</summary>
public sealed class Upload
{
    private Upload()
    {
    }

    /// <summary>A result, kept from now on for <see cref="UploadOptions.Retention"/>.</summary>
    internal Upload(string fileName, string sha256, UploadAnalysis analysis, GenrePrediction? prediction, DateTimeOffset now)
    {
        Id = Guid.NewGuid();
        FileName = SongNames.CleanFileName(fileName);
        Sha256 = sha256;
        Seconds = analysis.Seconds;
        Features = analysis.Features;
        FeatureVersion = analysis.Features.Version;
        Tempo = analysis.Tempo;
        Tuning = analysis.Tuning;
        Prediction = prediction?.Genres ?? [];
        Doubt = prediction?.Doubt ?? PredictionDoubt.None;
        ModelVersion = prediction?.ModelVersion ?? "";
        CreatedAt = now;
        ExpiresAt = now + UploadOptions.Retention;
    }

    /// <summary>Random identity (version 4, 122 random bits).</summary>
    public Guid Id { get; private set; }

    /// <summary>The visitor's file name, NFC, shortened; shown, never used as a path.</summary>
    public string FileName { get; private set; } = "";

    /// <summary>SHA-256 of the bytes, 64 lower-case hexadecimal digits; the stored file is named after it.</summary>
    public string Sha256 { get; private set; } = "";

    /// <summary>Length of the whole file in seconds.</summary>
    public double Seconds { get; private set; }

    /// <summary>Means and deviations of the 26 features.</summary>
    public FeatureVector Features { get; private set; } = null!;

    /// <summary>Version of <see cref="Features"/>.</summary>
    public int FeatureVersion { get; private set; }

    /// <summary>Tempo in beats per minute.</summary>
    public double Tempo { get; private set; }

    /// <summary>Deviation from A = 440 Hz in semitones.</summary>
    public double Tuning { get; private set; }

    /// <summary>All probabilities, most likely first; empty if there was no model.</summary>
    public IReadOnlyList<GenreProbability> Prediction { get; private set; } = [];

    /// <summary>Why <see cref="Prediction"/> is better called "not sure".</summary>
    public PredictionDoubt Doubt { get; private set; }

    /// <summary>Version of the model behind <see cref="Prediction"/>; empty if there was none.</summary>
    public string ModelVersion { get; private set; } = "";

    /// <summary>When it was uploaded, UTC.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When it is deleted, UTC.</summary>
    public DateTimeOffset ExpiresAt { get; private set; }
}
