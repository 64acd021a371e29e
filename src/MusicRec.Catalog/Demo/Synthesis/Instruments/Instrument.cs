using MusicRec.Catalog.Demo.Synthesis.Music;

namespace MusicRec.Catalog.Demo.Synthesis.Instruments;

/// <summary>Adds tones to a track.</summary>
internal abstract class Instrument
{
    /// <summary>Frames between two settings of envelope, pitch and filter.</summary>
    protected const int Block = 64;

    public abstract void Play(Span<float> track, Tone tone);

    /// <summary>The frames of the track from the tone's start for so many seconds, as far as the track goes.</summary>
    protected static Span<float> Window(Span<float> track, int start, double seconds)
    {
        var first = Math.Min(start, track.Length);
        return track.Slice(first, Math.Min((int)(seconds * Numeric.SampleRate), track.Length - first));
    }

    /// <summary>What a 32-bit phase advances per frame: the whole range is one period.</summary>
    protected static uint Increment(double frequency) => (uint)(frequency / Numeric.SampleRate * 4294967296.0);
}
