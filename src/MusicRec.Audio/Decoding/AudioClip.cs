namespace MusicRec.Audio.Decoding;

/// <summary>The beginning of a song as one channel of samples at the rate of its file.</summary>
/// <param name="Samples">Mono samples, full scale 1 (float files may exceed it); all finite; at least one.</param>
/// <param name="SampleRate">Samples per second of the file, in Hz.</param>
/// <param name="FileFrames">Sample frames in the whole file, of which <paramref name="Samples"/> holds the first 30 seconds.</param>
public readonly record struct AudioClip(ReadOnlyMemory<float> Samples, int SampleRate, long FileFrames)
{
    /// <summary>Length of the whole file in seconds.</summary>
    public double FileSeconds => (double)FileFrames / SampleRate;
}
