namespace MusicRec.Catalog.Demo.Synthesis.Effects;

/// <summary>Echo: the track comes again and again, each time softer.</summary>
internal static class Delay
{
    /// <summary>Adds echoes every <paramref name="seconds"/>, the first at <paramref name="level"/>, each next weaker by the same factor.</summary>
    public static void Apply(Span<float> track, double seconds, double level)
    {
        var distance = (int)(seconds * Numeric.SampleRate);
        var factor = (float)level;
        for (var i = distance; i < track.Length; i++)
        {
            track[i] += factor * track[i - distance];
        }
    }
}
