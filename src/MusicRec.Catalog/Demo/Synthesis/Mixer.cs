using MusicRec.Catalog.Demo.Synthesis.Effects;

namespace MusicRec.Catalog.Demo.Synthesis;

/// <summary>Where a track stands in the mix.</summary>
/// <param name="Gain">Level in dB.</param>
/// <param name="Pan">-1 left to 1 right.</param>
/// <param name="Room">Share that goes to the reverb, 0 to 1.</param>
/// <param name="Width">Level of the chorus on both sides, 0 (none) to 1.</param>
internal readonly record struct Strip(double Gain, double Pan = 0, double Room = 0, double Width = 0);

/// <summary>Adds mono tracks to a stereo mix, and finishes it.</summary>
internal sealed class Mixer(int frames)
{
    private const float Ceiling = 0.97f;
    private const double LowestFrequency = 28;
    private const int RightSpread = 23;

    private readonly float[] _left = new float[frames];
    private readonly float[] _right = new float[frames];
    private readonly float[] _send = new float[frames];

    public void Add(ReadOnlySpan<float> track, Strip strip)
    {
        // Equal power: the quarter turn from left to right keeps the sum of squares.
        var gain = Numeric.Amplitude(strip.Gain);
        var left = gain * (float)Numeric.Sine(0.125 * (1 - strip.Pan));
        var right = gain * (float)Numeric.Sine(0.125 * (1 + strip.Pan));
        var room = gain * (float)strip.Room;
        for (var i = 0; i < frames; i++)
        {
            _left[i] += left * track[i];
            _right[i] += right * track[i];
            _send[i] += room * track[i];
        }

        if (strip.Width > 0)
        {
            Chorus.Add(track, _left, left * (float)strip.Width, 0.6, 0);
            Chorus.Add(track, _right, right * (float)strip.Width, 0.7, 0.4);
        }
    }

    /// <summary>Adds the room, sets colour and loudness, limits, fades: the finished song, left and right in turn.</summary>
    /// <param name="master">How.</param>
    public float[] Finish(Master master)
    {
        Reverb.Add(_send, _left, master.RoomSeconds, 0);
        Reverb.Add(_send, _right, master.RoomSeconds, RightSpread);
        foreach (var side in (ReadOnlySpan<float[]>)[_left, _right])
        {
            Filter.HighPass(side, LowestFrequency);
            Filter.Peak(side, 6000, master.Brilliance, 0.5);
        }

        Scale(Numeric.Amplitude(master.Loudness) / (float)Math.Sqrt((Power(_left) + Power(_right)) / 2));
        Limiter.Apply(_left, _right, Ceiling);
        return Interleave(master);
    }

    private static double Power(ReadOnlySpan<float> side)
    {
        var sum = 0.0;
        foreach (var sample in side)
        {
            sum += sample * sample;
        }

        return sum / side.Length;
    }

    private void Scale(float gain)
    {
        for (var i = 0; i < frames; i++)
        {
            _left[i] *= gain;
            _right[i] *= gain;
        }
    }

    private float[] Interleave(Master master)
    {
        var song = new float[2 * frames];
        var (fadeIn, fadeOut) = (master.FadeInSeconds * Numeric.SampleRate, master.FadeOutSeconds * Numeric.SampleRate);
        for (var i = 0; i < frames; i++)
        {
            var gain = (float)(Math.Min(1, i / fadeIn) * Math.Min(1, (frames - 1 - i) / fadeOut));
            song[2 * i] = gain * _left[i];
            song[2 * i + 1] = gain * _right[i];
        }

        return song;
    }
}

/// <summary>How a mix is finished.</summary>
/// <param name="Loudness">Root mean square of the song in dB below full scale, before limiter and fades.</param>
/// <param name="RoomSeconds">Length of the reverb.</param>
/// <param name="Brilliance">Share by which the highs are raised, or lowered when negative; -0.5 to 0.8.</param>
/// <param name="FadeInSeconds">Rise at the start.</param>
/// <param name="FadeOutSeconds">Fall at the end.</param>
internal sealed record Master(double Loudness, double RoomSeconds, double Brilliance, double FadeInSeconds, double FadeOutSeconds);
