namespace MusicRec.Catalog.Demo.Synthesis.Effects;

/// <summary>A small room after Schroeder: damped combs side by side, then all-passes in a row, other lengths left and right.</summary>
internal static class Reverb
{
    private const float AllPassGain = 0.5f;
    private const float Damping = 0.3f;
    private const int Block = 256;
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
        var combs = Array.ConvertAll(CombLengths, length => new Comb(length + spread, seconds));
        var allPasses = Array.ConvertAll(AllPassLengths, length => new AllPass(length + spread));
        Span<float> wet = stackalloc float[Block];
        for (var first = 0; first < side.Length; first += Block)
        {
            var part = wet[..Math.Min(Block, side.Length - first)];
            part.Clear();
            foreach (var comb in combs)
            {
                comb.Add(send.Slice(first, part.Length), part);
            }

            foreach (var allPass in allPasses)
            {
                allPass.Apply(part);
            }

            for (var i = 0; i < part.Length; i++)
            {
                side[first + i] += part[i];
            }
        }
    }

    /// <summary>Two echoes a frame apart, averaged: the highs go first, and no sample waits for the one before.</summary>
    private sealed class Comb(int length, double seconds)
    {
        private readonly float[] _line = new float[length];
        private readonly float _feedback = (float)Numeric.Decay((double)length / Numeric.SampleRate, seconds);
        private int _at;
        private float _last;

        public void Add(ReadOnlySpan<float> input, Span<float> output)
        {
            var (at, last) = (_at, _last);
            var (keep, blend) = (_feedback * (1 - Damping), _feedback * Damping);
            for (var i = 0; i < output.Length; i++)
            {
                var echo = _line[at];
                output[i] += echo;
                _line[at] = InputGain * input[i] + keep * echo + blend * last + Bias;
                last = echo;
                at = at + 1 == _line.Length ? 0 : at + 1;
            }

            (_at, _last) = (at, last);
        }
    }

    private sealed class AllPass(int length)
    {
        private readonly float[] _line = new float[length];
        private int _at;

        public void Apply(Span<float> samples)
        {
            var at = _at;
            for (var i = 0; i < samples.Length; i++)
            {
                var echo = _line[at];
                var input = samples[i];
                samples[i] = echo - input;
                _line[at] = input + AllPassGain * echo;
                at = at + 1 == _line.Length ? 0 : at + 1;
            }

            _at = at;
        }
    }
}
