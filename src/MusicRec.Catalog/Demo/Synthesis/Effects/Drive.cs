namespace MusicRec.Catalog.Demo.Synthesis.Effects;

/// <summary>Overdrive: bends loud samples as an amplifier does.</summary>
internal static class Drive
{
    /// <summary>Amplifies by <paramref name="gain"/> and saturates at 1.</summary>
    public static void Apply(Span<float> track, double gain)
    {
        var factor = (float)gain;
        for (var i = 0; i < track.Length; i++)
        {
            track[i] = Saturate(track[i] * factor);
        }
    }

    /// <summary>A rational curve very near the hyperbolic tangent.</summary>
    private static float Saturate(float sample)
    {
        var limited = Math.Clamp(sample, -3f, 3f);
        var square = limited * limited;
        return limited * (27 + square) / (27 + 9 * square);
    }
}
