using MusicRec.Audio;
using MusicRec.Audio.Encoding;
using MusicRec.Audio.Features;

namespace MusicRec.Genres.Evaluation.Retrieval;

/// <summary>The same song as other people have it: from a poor file, with noise, at another speed, or another part of it.</summary>
public static class SongCopies
{
    private const int Seconds = FeatureVersion.MaxSeconds;

    /// <summary>Windows come from so much of a song: what is three seconds away would be too easy to find.</summary>
    private const int WindowSeconds = 120;
    private const double SignalToNoise = 10;
    private const double SpeedChange = 0.02;

    /// <summary>The names of all copies, in their order; without ffmpeg there is no MP3.</summary>
    public static IReadOnlyList<string> Names =>
        [.. LossyCopy.IsPossible ? ["MP3, 64 kbit/s"] : Array.Empty<string>(), "noise, 10 dB below", "2 % faster", "2 % slower", "the 30 s after"];

    /// <summary>The first two minutes and the first 30 seconds of a song and its copies in the order of <see cref="Names"/>, all at 22 050 Hz.</summary>
    /// <param name="path">The song.</param>
    /// <param name="seed">Decides the noise.</param>
    /// <param name="cancellationToken">Ends the decoding.</param>
    /// <exception cref="Audio.Decoding.AudioFormatException">The file is damaged or of a kind that is not read.</exception>
    /// <exception cref="IOException">A file could not be read or written.</exception>
    public static (ReadOnlyMemory<float> Minutes, ReadOnlyMemory<float> Song, IReadOnlyList<ReadOnlyMemory<float>?> Copies) Make(string path, int seed, CancellationToken cancellationToken)
    {
        float[] whole;
        using (var stream = File.OpenRead(path))
        {
            whole = SampleAnalyzer.Read(stream, WindowSeconds, cancellationToken);
        }

        var minute = whole.AsMemory(0, Math.Min(whole.Length, 2 * Seconds * FeatureVersion.SampleRate));
        var song = minute[..Math.Min(minute.Length, Seconds * FeatureVersion.SampleRate)];
        List<ReadOnlyMemory<float>?> copies = LossyCopy.IsPossible ? [Mp3(path, cancellationToken)] : [];
        copies.Add(WithNoise(song.Span, SignalToNoise, seed));
        copies.Add(AtSpeed(minute.Span, 1 + SpeedChange));
        copies.Add(AtSpeed(minute.Span, 1 - SpeedChange));
        copies.Add(minute.Length == 2 * Seconds * FeatureVersion.SampleRate ? minute[song.Length..] : default(ReadOnlyMemory<float>?));
        return (whole, song, copies);
    }

    /// <summary>Adds white noise so many dB below the signal's own power.</summary>
    internal static float[] WithNoise(ReadOnlySpan<float> samples, double decibelsBelow, int seed)
    {
        var power = 0.0;
        foreach (var sample in samples)
        {
            power += (double)sample * sample;
        }

        // Uniform noise from -a to a has the power a² / 3.
        var amplitude = Math.Sqrt(3 * power / samples.Length * Math.Pow(10, -decibelsBelow / 10));
        var random = new Random(seed);
        var noisy = new float[samples.Length];
        for (var i = 0; i < noisy.Length; i++)
        {
            noisy[i] = samples[i] + (float)(amplitude * (2 * random.NextDouble() - 1));
        }

        return noisy;
    }

    /// <summary>Played faster or slower, pitch and all, like a tape; 30 seconds of what that gives.</summary>
    internal static ReadOnlyMemory<float> AtSpeed(ReadOnlySpan<float> samples, double speed)
    {
        var played = SampleAnalyzer.Resample(samples, (int)Math.Round(FeatureVersion.SampleRate * speed));
        return played.AsMemory(0, Math.Min(played.Length, Seconds * FeatureVersion.SampleRate));
    }

    private static float[] Mp3(string path, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("musicrec-");
        try
        {
            var copy = Path.Combine(folder.FullName, "copy.mp3");
            LossyCopy.Write(path, copy, LossyCodec.Mp3, Seconds);
            using var stream = File.OpenRead(copy);
            return SampleAnalyzer.Read(stream, Seconds, cancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
