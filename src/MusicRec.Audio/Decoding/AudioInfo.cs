namespace MusicRec.Audio.Decoding;

/// <summary>What the header of an audio file says.</summary>
/// <param name="Encoding">The encoding as a person names it, e.g. <c>16-bit PCM</c>.</param>
/// <param name="Channels">Number of channels.</param>
/// <param name="SampleRate">Sample frames per second, in Hz.</param>
/// <param name="Frames">Sample frames present in the file.</param>
public sealed record AudioInfo(string Encoding, int Channels, int SampleRate, long Frames)
{
    /// <summary>Length in seconds.</summary>
    public double Seconds => (double)Frames / SampleRate;
}
