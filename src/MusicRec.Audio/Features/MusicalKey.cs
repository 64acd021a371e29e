namespace MusicRec.Audio.Features;

/// <summary>A key: a tonic and one of the two modes.</summary>
/// <param name="Tonic">0 for C to 11 for B.</param>
/// <param name="IsMinor">Whether it is minor, else major.</param>
public readonly record struct MusicalKey(int Tonic, bool IsMinor);
