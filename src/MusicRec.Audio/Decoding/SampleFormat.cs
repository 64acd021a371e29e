namespace MusicRec.Audio.Decoding;

/// <summary>How one sample is stored in a WAV file.</summary>
internal enum SampleFormat
{
    UInt8,
    Int16,
    Int24,
    Int32,
    Float32,
    Float64,
    ALaw,
    MuLaw,
}
