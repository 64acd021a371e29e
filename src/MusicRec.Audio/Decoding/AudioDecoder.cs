using MusicRec.Audio.Features;

namespace MusicRec.Audio.Decoding;

/// <summary>Opens audio files by their content, never by their name. Reads WAV (RIFF, RF64, BW64).</summary>
public static class AudioDecoder
{
    private const int SignatureLength = 12;

    /// <summary>Reads the first 30 seconds as mono samples.</summary>
    /// <param name="audio">The file from the current position; seekable; left open.</param>
    /// <exception cref="AudioFormatException">The file is damaged or of a kind that is not read.</exception>
    public static AudioClip ReadMono(Stream audio)
    {
        float[] samples = [];
        return ReadMono(audio, ref samples);
    }

    /// <summary>Reads the header only.</summary>
    /// <param name="audio">The file from the current position; seekable; left open.</param>
    /// <exception cref="AudioFormatException">The file is damaged, empty or of a kind that is not read.</exception>
    public static AudioInfo ReadInfo(Stream audio)
    {
        RequireWav(audio);
        var header = WavHeader.Read(audio);
        return header.Frames > 0
            ? new AudioInfo(header.Format.Name, header.Format.Channels, header.Format.SampleRate, header.Frames)
            : throw new InvalidAudioException(AudioProblem.NoSamples, "The file is well formed but holds no sample.");
    }

    /// <summary>As <see cref="ReadMono(Stream)"/>, with memory of the caller's that is replaced when too small.</summary>
    internal static AudioClip ReadMono(Stream audio, ref float[] buffer)
    {
        RequireWav(audio);
        return WavReader.ReadMono(audio, FeatureVersion.MaxSeconds, ref buffer);
    }

    /// <summary>Looks at the first bytes and goes back to them.</summary>
    private static void RequireWav(Stream audio)
    {
        Span<byte> signature = stackalloc byte[SignatureLength];
        var start = audio.Position;
        var length = audio.ReadAtLeast(signature, SignatureLength, throwOnEndOfStream: false);
        audio.Position = start;
        if (length == 0)
        {
            throw new InvalidAudioException(AudioProblem.EmptyFile, "The file is empty.");
        }

        signature = signature[..length];
        if (!IsWav(signature))
        {
            var found = FileSignature.Describe(signature);
            throw new UnsupportedAudioException(AudioProblem.UnknownFormat, $"This is not a WAV file but {found}; WAV is read.", found);
        }
    }

    private static bool IsWav(ReadOnlySpan<byte> signature) =>
        signature.Length == SignatureLength
        && signature[8..].SequenceEqual("WAVE"u8)
        && (signature.StartsWith("RIFF"u8) || signature.StartsWith("RF64"u8) || signature.StartsWith("BW64"u8));
}
