using MusicRec.Audio.Features;

namespace MusicRec.Audio;

/// <summary>What one pass over a song yields.</summary>
/// <param name="Features">The 26 features: their means and standard deviations.</param>
/// <param name="Tempo">Tempo in beats per minute (librosa <c>feature.tempo</c>); coarse, see docs/FEATURES.md.</param>
/// <param name="Tuning">Deviation from A = 440 Hz in semitones, -0.5 to 0.49 (librosa <c>estimate_tuning</c> as chroma uses it).</param>
/// <param name="SampleRate">Rate of the file, in Hz.</param>
/// <param name="Seconds">Seconds that were analysed, 30 at most.</param>
/// <param name="FileSeconds">Length of the whole file in seconds.</param>
/// <param name="Times">How long each stage took.</param>
public sealed record SongAnalysis(
    FeatureVector Features,
    double Tempo,
    double Tuning,
    int SampleRate,
    double Seconds,
    double FileSeconds,
    StageTimes Times);
