namespace MusicRec.Catalog.Demo.Synthesis.Effects;

/// <summary>Makes a mono track wide: on each side a copy that drifts a little in time.</summary>
internal static class Chorus
{
    private const double BaseSeconds = 0.012;
    private const double DriftSeconds = 0.003;
    private const int Block = 64;

    /// <summary>Adds the moving copy of <paramref name="track"/> to <paramref name="side"/>.</summary>
    /// <param name="track">The samples.</param>
    /// <param name="side">Left or right mix.</param>
    /// <param name="gain">Amplitude of the copy.</param>
    /// <param name="rate">Drifts per second.</param>
    /// <param name="phase">Where the drift begins, in turns; differs between left and right.</param>
    public static void Add(ReadOnlySpan<float> track, Span<float> side, float gain, double rate, double phase)
    {
        var delay = DelayAt(0, rate, phase);
        for (var first = 0; first < track.Length; first += Block)
        {
            var slope = (DelayAt(first + Block, rate, phase) - delay) / Block;
            var end = Math.Min(first + Block, track.Length);
            for (var i = first; i < end; i++)
            {
                delay += slope;
                var whole = (int)delay;
                var rest = delay - whole;
                var index = i - whole;
                if (index > 0)
                {
                    side[i] += gain * (track[index] + rest * (track[index - 1] - track[index]));
                }
            }
        }
    }

    private static float DelayAt(int frame, double rate, double phase) =>
        (float)(Numeric.SampleRate * (BaseSeconds + DriftSeconds * Numeric.Sine(rate * frame / Numeric.SampleRate + phase)));
}
