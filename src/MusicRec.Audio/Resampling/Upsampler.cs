namespace MusicRec.Audio.Resampling;

/// <summary>
/// Inserts factor - 1 zeros after every sample, filters by a symmetric h of odd length and scales by the factor:
/// y[n] = factor Σ_j h[j] x'[n - j]. Factor 1 is a plain filter.
/// </summary>
internal sealed class Upsampler
{
    private readonly int _factor;
    private readonly Phase[] _phases;
    private float[] _phaseOutput = [];

    /// <summary>The taps that meet real samples for outputs n = factor * i + phase, and the sample they begin at.</summary>
    private sealed record Phase(float[] Taps, int First);

    /// <param name="taps">The filter h, already scaled by the factor, centre in the middle.</param>
    /// <param name="factor">1 or 2.</param>
    public Upsampler(float[] taps, int factor)
    {
        _factor = factor;
        _phases = [.. Enumerable.Range(0, factor).Select(phase => MakePhase(taps, factor, phase))];
    }

    /// <summary>Writes the first <paramref name="count"/> outputs, which may go on past the end of the input.</summary>
    public void Apply(SampleBuffer x, int count, SampleBuffer y)
    {
        y.Resize(count);
        for (var phase = 0; phase < _factor; phase++)
        {
            var taps = _phases[phase].Taps;
            var outputs = (count - phase + _factor - 1) / _factor;
            var window = x.Window(_phases[phase].First, outputs + taps.Length - 1);
            if (_factor == 1)
            {
                Fir.Apply(window, taps, y.Samples);
                return;
            }

            if (_phaseOutput.Length < outputs)
            {
                _phaseOutput = new float[outputs];
            }

            var part = _phaseOutput.AsSpan(0, outputs);
            Fir.Apply(window, taps, part);
            var target = y.Samples;
            for (var i = 0; i < outputs; i++)
            {
                target[_factor * i + phase] = part[i];
            }
        }
    }

    private static Phase MakePhase(float[] taps, int factor, int phase)
    {
        // Output factor * i + phase meets sample i - k through h[factor * k + phase]; in the order of the samples, k falls.
        var half = taps.Length / 2;
        var last = (half - phase + factor) / factor - 1;
        var first = -((half + phase) / factor);
        var ordered = new float[last - first + 1];
        for (var k = first; k <= last; k++)
        {
            ordered[last - k] = taps[factor * k + phase + half];
        }

        return new Phase(ordered, -last);
    }
}
