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

    public float Low(float sample) => Step(sample).Low;

    public float Band(float sample) => Step(sample).Band * _damping;

    public float High(float sample)
    {
        var (band, low) = Step(sample);
        return sample - _damping * band - low;
    }

    public static void LowPass(Span<float> track, double cutoff, double quality = 0.707)
    {
        var filter = new Filter(cutoff, quality);
        for (var i = 0; i < track.Length; i++)
        {
            track[i] = filter.Low(track[i]);
        }
    }

    public static void HighPass(Span<float> track, double cutoff)
    {
        var filter = new Filter(cutoff);
        for (var i = 0; i < track.Length; i++)
        {
            track[i] = filter.High(track[i]);
        }
    }

    /// <summary>Adds (or with a negative amount takes away) what lies around a frequency: a body, a speaker, presence.</summary>
    public static void Peak(Span<float> track, double frequency, double amount, double quality = 1)
    {
        var filter = new Filter(frequency, quality);
        var share = (float)amount;
        for (var i = 0; i < track.Length; i++)
        {
            track[i] += share * filter.Band(track[i]);
        }
    }

    private (float Band, float Low) Step(float sample)
    {
        var input = sample + Bias - _state2;
        var band = _a1 * _state1 + _a2 * input;
        var low = _state2 + _a2 * _state1 + _a3 * input;
        _state1 = 2 * band - _state1;
        _state2 = 2 * low - _state2;
        return (band, low);
    }
}
