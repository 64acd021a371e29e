namespace MusicRec.Audio.Resampling;

/// <summary>Filters and keeps every second sample: y[m] = Σ_j h[j] x[2m - j] for a symmetric h of odd length.</summary>
/// <remarks>The even and the odd samples are filtered apart, so that the kernel runs over contiguous memory.</remarks>
internal sealed class Halver
{
    private readonly float[] _evenTaps;
    private readonly float[] _oddTaps;
    private readonly int _firstEven;
    private readonly int _firstOdd;
    private readonly SampleBuffer _even = new();
    private readonly SampleBuffer _odd = new();
    private float[] _oddPart = [];

    /// <param name="taps">The filter h, centre in the middle.</param>
    public Halver(float[] taps)
    {
        var half = taps.Length / 2;
        // x[2m + i] with even i = 2k is sample m + k of the even ones, with odd i = 2k + 1 of the odd ones.
        _firstEven = -(half / 2);
        _firstOdd = -((half + 1) / 2);
        _evenTaps = [.. Enumerable.Range(-half, taps.Length).Where(i => i % 2 == 0).Select(i => taps[i + half])];
        _oddTaps = [.. Enumerable.Range(-half, taps.Length).Where(i => i % 2 != 0).Select(i => taps[i + half])];
    }

    /// <summary>Writes the first <paramref name="count"/> outputs; x may be the memory of y.</summary>
    public void Apply(ReadOnlySpan<float> x, int count, SampleBuffer y)
    {
        Split(x);
        y.Resize(count);
        Fir.Apply(_even.Window(_firstEven, count + _evenTaps.Length - 1), _evenTaps, y.Samples);
        if (_oddPart.Length < count)
        {
            _oddPart = new float[count];
        }

        var oddPart = _oddPart.AsSpan(0, count);
        Fir.Apply(_odd.Window(_firstOdd, count + _oddTaps.Length - 1), _oddTaps, oddPart);
        var sum = y.Samples;
        for (var m = 0; m < count; m++)
        {
            sum[m] += oddPart[m];
        }
    }

    private void Split(ReadOnlySpan<float> x)
    {
        _even.Resize((x.Length + 1) / 2);
        _odd.Resize(x.Length / 2);
        var even = _even.Samples;
        var odd = _odd.Samples;
        for (var m = 0; m < odd.Length; m++)
        {
            even[m] = x[2 * m];
            odd[m] = x[2 * m + 1];
        }

        if (x.Length % 2 == 1)
        {
            even[^1] = x[^1];
        }
    }
}
