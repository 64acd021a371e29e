namespace MusicRec.Catalog.Demo.Synthesis.Effects;

/// <summary>A state-variable filter of second order (topology-preserving transform): stays stable while its cutoff moves.</summary>
internal struct Filter
{
    /// <summary>Below hearing; keeps the states from falling into denormal numbers, which are slow.</summary>
    private const float Bias = 1e-18f;
    private const double HighestCutoff = 19_000;

    private float _damping;
    private float _a1;
    private float _a2;
    private float _a3;
    private float _state1;
    private float _state2;

    public Filter(double cutoff, double quality = 0.707) => Tune(cutoff, quality);

    /// <summary>Sets cutoff in Hz and quality (0.707 flat, higher resonates) without disturbing what sounds.</summary>
    public void Tune(double cutoff, double quality)
    {
        var gain = Numeric.Tangent(Math.Min(cutoff, HighestCutoff) / (2 * Numeric.SampleRate));
        var damping = 1 / quality;
        var first = 1 / (1 + gain * (gain + damping));
        (_damping, _a1, _a2, _a3) = ((float)damping, (float)first, (float)(gain * first), (float)(gain * gain * first));
    }

    /// <summary>Keeps what lies below the cutoff.</summary>
    public void Low(Span<float> samples) => Mix(samples, 0, 0, 1);

    /// <summary>Keeps what lies around the cutoff.</summary>
    public void Band(Span<float> samples) => Mix(samples, 0, _damping, 0);

    /// <summary>Keeps what lies above the cutoff.</summary>
    public void High(Span<float> samples) => Mix(samples, 1, -_damping, -1);

    public static void LowPass(Span<float> track, double cutoff, double quality = 0.707) => new Filter(cutoff, quality).Low(track);

    public static void HighPass(Span<float> track, double cutoff) => new Filter(cutoff).High(track);

    /// <summary>Adds what lies around a frequency: a body, presence.</summary>
    public static void Peak(Span<float> track, double frequency, double amount, double quality)
    {
        var filter = new Filter(frequency, quality);
        filter.Mix(track, 1, (float)amount * filter._damping, 0);
    }

    /// <summary>Replaces the samples by a mix of themselves, the band and the low output.</summary>
    private void Mix(Span<float> samples, float dryShare, float bandShare, float lowShare)
    {
        // In locals, because the fields of so large a struct would be loaded and stored for every sample. The next states are
        // written out in terms of the last ones, which is the shortest way from sample to sample.
        var (a1, a2, a3, state1, state2) = (_a1, _a2, _a3, _state1, _state2);
        var (keep1, keep2, cross, feed2) = (2 * a1 - 1, 1 - 2 * a3, 2 * a2, 2 * a3);
        for (var i = 0; i < samples.Length; i++)
        {
            var sample = samples[i] + Bias;
            var band = a1 * state1 + a2 * (sample - state2);
            var low = state2 + a2 * state1 + a3 * (sample - state2);
            samples[i] = dryShare * sample + bandShare * band + lowShare * low;
            (state1, state2) = (keep1 * state1 + cross * sample - cross * state2, keep2 * state2 + feed2 * sample + cross * state1);
        }

        (_state1, _state2) = (state1, state2);
    }
}
