using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MusicRec.Audio.Features;

namespace MusicRec.Audio.Spectra;

/// <summary>
/// 128 mel bands over time, first as power, after <see cref="ToDecibels()"/> in dB. Stored band by band: the frames of one
/// band are contiguous, as in librosa's matrices.
/// </summary>
public sealed class MelSpectrogram
{
    /// <summary>librosa <c>power_to_db(amin=1e-10)</c>: less power counts as so much.</summary>
    private const float PowerFloor = 1e-10f;

    /// <summary>librosa <c>power_to_db(top_db=80)</c>: nothing lies further below the loudest cell of the file.</summary>
    private const float DynamicRange = 80;

    private AlignedArray<float> _values = new(0);
    private int _stride;

    /// <summary>Number of frames.</summary>
    public int FrameCount { get; private set; }

    /// <summary>The frames of one band.</summary>
    public ReadOnlySpan<float> Band(int band) => _values.Span.Slice(band * _stride, FrameCount);

    /// <summary>
    /// Replaces power by decibels (librosa <c>power_to_db</c> with default arguments): 10 log10(max(1e-10, power)), then
    /// raised to 80 dB below the largest value of the whole song.
    /// </summary>
    public void ToDecibels()
    {
        var loudest = float.NegativeInfinity;
        for (var band = 0; band < FeatureVersion.MelBands; band++)
        {
            loudest = Math.Max(loudest, ToDecibels(PaddedBand(band)));
        }

        RaiseTo(loudest - DynamicRange);
    }

    /// <summary>The frames of one band and the unused places after them, a multiple of eight.</summary>
    internal Span<float> PaddedBand(int band) => _values.Span.Slice(band * _stride, _stride);

    internal void Resize(int frameCount)
    {
        FrameCount = frameCount;
        _stride = (frameCount + Vector256<float>.Count - 1) / Vector256<float>.Count * Vector256<float>.Count;
        if (_values.Length < FeatureVersion.MelBands * _stride)
        {
            _values = new AlignedArray<float>(FeatureVersion.MelBands * _stride);
        }
    }

    /// <summary>Unused places are zero power and become the floor, so they never are the loudest.</summary>
    private static float ToDecibels(Span<float> band)
    {
        var tenLog10Of2 = Vector256.Create((float)(10 * Math.Log10(2)));
        var loudest = Vector256.Create(float.NegativeInfinity);
        foreach (ref var power in MemoryMarshal.Cast<float, Vector256<float>>(band))
        {
            power = Lane.Log2(Vector256.MaxNative(power, Vector256.Create(PowerFloor))) * tenLog10Of2;
            loudest = Vector256.MaxNative(loudest, power);
        }

        var result = loudest[0];
        for (var lane = 1; lane < Vector256<float>.Count; lane++)
        {
            result = Math.Max(result, loudest[lane]);
        }

        return result;
    }

    private void RaiseTo(float floor)
    {
        var values = _values.Span.Slice(0, FeatureVersion.MelBands * _stride);
        foreach (ref var decibels in MemoryMarshal.Cast<float, Vector256<float>>(values))
        {
            decibels = Vector256.MaxNative(decibels, Vector256.Create(floor));
        }
    }
}
