using MusicRec.Audio.Decoding;

namespace MusicRec.Audio.Tests.Decoding;

/// <summary>Decoding of files in memory.</summary>
internal static class Decode
{
    public static float[] Samples(byte[] wav) => Clip(wav).Samples.ToArray();

    public static AudioClip Clip(byte[] wav)
    {
        using var stream = new MemoryStream(wav);
        return AudioDecoder.ReadMono(stream);
    }

    public static AudioInfo Info(byte[] wav)
    {
        using var stream = new MemoryStream(wav);
        return AudioDecoder.ReadInfo(stream);
    }

    /// <summary>The refusal of a file, which must be one of <typeparamref name="T"/> with these facts.</summary>
    public static T Refused<T>(byte[] wav, AudioProblem problem, params string[] arguments)
        where T : AudioFormatException
    {
        var refusal = Assert.Throws<T>(() => Clip(wav));
        Assert.Equal(problem, refusal.Problem);
        Assert.Equal(arguments, refusal.Arguments);
        return refusal;
    }
}
