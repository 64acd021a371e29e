namespace MusicRec.Catalog.Demo.Synthesis.Effects;

/// <summary>A small room after Schroeder: damped combs side by side, then all-passes in a row, other lengths left and right.</summary>
internal static class Reverb
{
    private const float AllPassGain = 0.5f;
    private const float InputGain = 0.12f;
    private const float Bias = 1e-18f;

    private static readonly int[] CombLengths = [1557, 1617, 1491, 1422];
    private static readonly int[] AllPassLengths = [556, 341];

    /// <summary>Adds the room's answer to one side.</summary>
    /// <param name="send">What sounds in the room.</param>
    /// <param name="side">Left or right mix.</param>
    /// <param name="seconds">Time until the echo is 60 dB weaker.</param>
    /// <param name="spread">Frames by which this side's paths are longer.</param>
    public static void Add(ReadOnlySpan<float> send, Span<float> side, double seconds, int spread)
    {
        var wet = new float[send.Length];
        foreach (var length in CombLengths)
        {
            AddComb(send, wet, length + spread, seconds);
        }

        foreach (var length in AllPassLengths)
        {
            ApplyAllPass(wet, length + spread);
        }

        for (var i = 0; i < side.Length; i++)
        {
            side[i] += wet[i];
        }
    }

    private static void AddComb(ReadOnlySpan<float> input, Span<float> output, int length, double seconds)
    {
        const float Damping = 0.3f;
        var line = new float[length];
        var feedback = (float)Numeric.Decay((double)length / Numeric.SampleRate, seconds);
        var (at, low) = (0, 0f);
        for (var i = 0; i < input.Length; i++)
        {
            var echo = line[at];
            output[i] += echo;
            low = echo + Damping * (low - echo);
            line[at] = InputGain * input[i] + feedback * low + Bias;
            at = at + 1 == line.Length ? 0 : at + 1;
        }
    }

    private static void ApplyAllPass(Span<float> samples, int length)
    {
        var line = new float[length];
        var at = 0;
        for (var i = 0; i < samples.Length; i++)
        {
            var echo = line[at];
            var input = samples[i];
            samples[i] = echo - input;
            line[at] = input + AllPassGain * echo;
            at = at + 1 == line.Length ? 0 : at + 1;
        }
    }
}
