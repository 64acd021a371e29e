namespace MusicRec.Audio;

/// <summary>Wall time of each stage of one analysis, in milliseconds, on the one thread that does the work.</summary>
/// <param name="Decode">File bytes to mono samples.</param>
/// <param name="Resample">To 22 050 Hz; 0 when the file has that rate.</param>
/// <param name="Stft">Window, transform and power spectrum.</param>
/// <param name="Mel">Mel bands and decibels.</param>
/// <param name="Features">The 26 features.</param>
/// <param name="Tempo">The tempo.</param>
/// <param name="Total">From the first byte read to the result returned.</param>
public readonly record struct StageTimes(
    double Decode, double Resample, double Stft, double Mel, double Features, double Tempo, double Total);
