using MusicRec.Audio.Encoding;

namespace MusicRec.Catalog.Tests;

/// <summary>Small WAV files made in the test.</summary>
internal static class Wav
{
    private const int Rate = 22050;

    /// <summary>A decaying tone: other pitch, other features.</summary>
    public static byte[] Tone(double hertz, double seconds = 0.5) => Of(
        (int)(seconds * Rate), i => 0.5f * MathF.Exp(-2f * i / Rate) * (float)Math.Sin(2 * Math.PI * hertz * i / Rate));

    /// <summary>Nothing to hear.</summary>
    public static byte[] Silence(double seconds = 0.5) => Of((int)(seconds * Rate), _ => 0);

    /// <summary>A well-formed header over no sample.</summary>
    public static byte[] Empty() => Of(0, _ => 0);

    private static byte[] Of(int length, Func<int, float> sample)
    {
        using var stream = new MemoryStream();
        WavWriter.Write(stream, [.. Enumerable.Range(0, length).Select(sample)], 1, Rate);
        return stream.ToArray();
    }
}
