namespace MusicRec.Audio.Decoding;

/// <summary>A decoder at work on one file: sample frames one after another, as another program or library gives them.</summary>
internal abstract class FrameSource : IDisposable
{
    /// <summary>The encoding as a person names it.</summary>
    public abstract string Encoding { get; }

    /// <summary>Samples in a frame.</summary>
    public abstract int Channels { get; }

    /// <summary>Frames per second, in Hz.</summary>
    public abstract int SampleRate { get; }

    /// <summary>Frames in the whole file as the file says; 0 or less if it does not say.</summary>
    public abstract long Frames { get; }

    /// <summary>Reads on, channels interleaved.</summary>
    /// <returns>Frames read: fewer than there is room for only at the end.</returns>
    public abstract int Read(Span<float> interleaved);

    /// <inheritdoc/>
    public abstract void Dispose();
}
