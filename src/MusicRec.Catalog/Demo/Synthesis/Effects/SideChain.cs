namespace MusicRec.Catalog.Demo.Synthesis.Effects;

/// <summary>Pumping: the track ducks under every kick.</summary>
internal static class SideChain
{
    /// <summary>Lowers the track to 1 - <paramref name="depth"/> at each start and lets it return in a curve.</summary>
    /// <param name="track">The samples.</param>
    /// <param name="starts">Frames of the kicks.</param>
    /// <param name="depth">0 nothing to 1 silence.</param>
    /// <param name="seconds">Time until full level.</param>
    public static void Apply(Span<float> track, IEnumerable<int> starts, double depth, double seconds)
    {
        var frames = (int)(seconds * Numeric.SampleRate);
        foreach (var start in starts)
        {
            var ducked = track[Math.Min(start, track.Length)..Math.Min(start + frames, track.Length)];
            for (var i = 0; i < ducked.Length; i++)
            {
                var left = 1 - (float)i / frames;
                ducked[i] *= 1 - (float)depth * left * left;
            }
        }
    }
}
