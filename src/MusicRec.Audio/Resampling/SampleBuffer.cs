namespace MusicRec.Audio.Resampling;

/// <summary>Samples with zeros on both sides, so that a filter may reach past the ends. Reused from song to song.</summary>
internal sealed class SampleBuffer
{
    /// <summary>Zeros on each side; more than half of the longest filter.</summary>
    public const int Margin = 640;

    private float[] _samples = new float[2 * Margin];
    private int _length;

    /// <summary>The samples without the zeros around them.</summary>
    public Span<float> Samples => _samples.AsSpan(Margin, _length);

    /// <summary>Sets the number of samples. Their values are undefined until written.</summary>
    public void Resize(int length)
    {
        _length = length;
        if (_samples.Length < length + 2 * Margin)
        {
            _samples = new float[length + 2 * Margin];
        }

        _samples.AsSpan(Margin + length, Margin).Clear();
    }

    /// <summary>Sets the content.</summary>
    public void Set(ReadOnlySpan<float> samples)
    {
        Resize(samples.Length);
        samples.CopyTo(Samples);
    }

    /// <summary>Samples from any position, zeros outside.</summary>
    public ReadOnlySpan<float> Window(int start, int length) => _samples.AsSpan(Margin + start, length);
}
