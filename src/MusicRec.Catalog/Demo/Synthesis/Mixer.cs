using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using MusicRec.Catalog.Demo.Synthesis.Effects;

namespace MusicRec.Catalog.Demo.Synthesis;

/// <summary>Where a track stands in the mix.</summary>
/// <param name="Gain">Level in dB.</param>
/// <param name="Pan">-1 left to 1 right.</param>
/// <param name="Room">Share that goes to the reverb, 0 to 1.</param>
/// <param name="Width">Level of the chorus on both sides, 0 (none) to 1.</param>
internal readonly record struct Strip(double Gain, double Pan = 0, double Room = 0, double Width = 0);

/// <summary>How a mix is finished.</summary>
/// <param name="Loudness">Root mean square of the song in dB below full scale, before limiter and fades.</param>
/// <param name="RoomSeconds">Length of the reverb.</param>
/// <param name="Brilliance">Share by which the highs are raised, or lowered when negative; -0.5 to 0.8.</param>
/// <param name="FadeInSeconds">Rise at the start.</param>
/// <param name="FadeOutSeconds">Fall at the end.</param>
internal sealed record Master(double Loudness, double RoomSeconds, double Brilliance, double FadeInSeconds, double FadeOutSeconds);

/// <summary>Adds mono tracks to a stereo mix, and finishes it.</summary>
internal sealed class Mixer(int frames) : IDisposable
{
    private const float Ceiling = 0.97f;
    private const int RightSpread = 23;

    private readonly float[] _track = ArrayPool<float>.Shared.Rent(frames);
    private readonly float[] _left = RentCleared(frames);
    private readonly float[] _right = RentCleared(frames);
    private readonly float[] _send = RentCleared(frames);

    private Span<float> Left => _left.AsSpan(0, frames);

    private Span<float> Right => _right.AsSpan(0, frames);

    /// <summary>An empty track; the same memory each time.</summary>
    public Span<float> NewTrack()
    {
        var track = _track.AsSpan(0, frames);
        track.Clear();
        return track;
    }

    public void Add(ReadOnlySpan<float> track, Strip strip)
    {
        // Equal power: the quarter turn from left to right keeps the sum of squares.
        var gain = Numeric.Amplitude(strip.Gain);
        var left = gain * (float)Numeric.Sine(0.125 * (1 - strip.Pan));
        var right = gain * (float)Numeric.Sine(0.125 * (1 + strip.Pan));
        AddScaled(track, left, Left);
        AddScaled(track, right, Right);
        if (strip.Room > 0)
        {
            AddScaled(track, gain * (float)strip.Room, _send.AsSpan(0, frames));
        }

        if (strip.Width > 0)
        {
            Chorus.Add(track, Left, left * (float)strip.Width, 0.6, 0);
            Chorus.Add(track, Right, right * (float)strip.Width, 0.7, 0.4);
        }
    }

    /// <summary>Adds the room, sets colour and loudness, limits, fades: the finished song, left and right in turn.</summary>
    public float[] Finish(Master master)
    {
        var send = _send.AsSpan(0, frames);
        Reverb.Add(send, Left, master.RoomSeconds, 0);
        Reverb.Add(send, Right, master.RoomSeconds, RightSpread);
        Shelf.Apply(Left, master.Brilliance);
        Shelf.Apply(Right, master.Brilliance);

        var power = Math.Sqrt((Power(Left) + Power(Right)) / 2);
        Limiter.Apply(Left, Right, Numeric.Amplitude(master.Loudness) / (float)power, Ceiling);
        Fade(Left, master);
        Fade(Right, master);
        return Interleave();
    }

    public void Dispose()
    {
        foreach (var buffer in (ReadOnlySpan<float[]>)[_track, _left, _right, _send])
        {
            ArrayPool<float>.Shared.Return(buffer);
        }
    }

    /// <summary>Sample by sample, so the width of the machine's vectors changes no result.</summary>
    private static void AddScaled(ReadOnlySpan<float> track, float gain, Span<float> sum)
    {
        var from = MemoryMarshal.Cast<float, Vector<float>>(track);
        var to = MemoryMarshal.Cast<float, Vector<float>>(sum);
        for (var i = 0; i < to.Length; i++)
        {
            to[i] += from[i] * gain;
        }

        for (var i = to.Length * Vector<float>.Count; i < sum.Length; i++)
        {
            sum[i] += track[i] * gain;
        }
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

    private static void Fade(Span<float> side, Master master)
    {
        var fadeIn = (int)(master.FadeInSeconds * Numeric.SampleRate);
        for (var i = 0; i < fadeIn; i++)
        {
            side[i] *= (float)i / fadeIn;
        }

        var fadeOut = (int)(master.FadeOutSeconds * Numeric.SampleRate);
        for (var i = 0; i < fadeOut; i++)
        {
            side[^(i + 1)] *= (float)i / fadeOut;
        }
    }

    private float[] Interleave()
    {
        var song = new float[2 * frames];
        for (var i = 0; i < frames; i++)
        {
            song[2 * i] = _left[i];
            song[2 * i + 1] = _right[i];
        }

        return song;
    }

    private static float[] RentCleared(int length)
    {
        var buffer = ArrayPool<float>.Shared.Rent(length);
        Array.Clear(buffer);
        return buffer;
    }
}
