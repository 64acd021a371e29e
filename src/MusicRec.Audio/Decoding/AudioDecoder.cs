using System.Diagnostics.CodeAnalysis;
using MusicRec.Audio.Features;

namespace MusicRec.Audio.Decoding;

/// <summary>
/// Opens audio files by their content, never by their name. WAV (RIFF, RF64, BW64) is read by this library; FLAC, MP3, Ogg
/// Vorbis, Opus and AIFF by libsndfile where the machine has it; these, M4A and the other formats of
/// <see cref="AudioFormat"/> by ffmpeg where the machine has it.
/// </summary>
public static class AudioDecoder
{
    /// <summary>Reads the first 30 seconds as mono samples.</summary>
    /// <param name="audio">The file from the current position; seekable; left open.</param>
    /// <param name="cancellationToken">Ends the decoding.</param>
    /// <exception cref="AudioFormatException">The file is damaged or of a kind that is not read.</exception>
    /// <exception cref="IOException">The stream could not be read.</exception>
    public static AudioClip ReadMono(Stream audio, CancellationToken cancellationToken = default)
    {
        float[] samples = [];
        return ReadMono(audio, ref samples, cancellationToken);
    }

    /// <summary>Reads the first seconds, as many as asked for, as mono samples.</summary>
    /// <param name="audio">The file from the current position; seekable; left open.</param>
    /// <param name="seconds">Most to read, 1 to 3600.</param>
    /// <param name="cancellationToken">Ends the decoding.</param>
    /// <exception cref="ArgumentOutOfRangeException">Seconds outside the limits.</exception>
    /// <exception cref="AudioFormatException">The file is damaged or of a kind that is not read.</exception>
    /// <exception cref="IOException">The stream could not be read.</exception>
    public static AudioClip ReadMono(Stream audio, int seconds, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(seconds, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(seconds, 3600);
        float[] samples = [];
        return ReadMono(audio, seconds, ref samples, cancellationToken);
    }

    /// <summary>Reads the header only.</summary>
    /// <param name="audio">The file from the current position; seekable; left open.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="AudioFormatException">The file is damaged, empty or of a kind that is not read.</exception>
    /// <exception cref="IOException">The stream could not be read.</exception>
    public static AudioInfo ReadInfo(Stream audio, CancellationToken cancellationToken = default)
    {
        var format = Require(audio);
        if (format != AudioFormat.Wav)
        {
            using var source = Open(audio, format, cancellationToken);
            return FrameReader.ReadInfo(source, TimeProvider.System, cancellationToken);
        }

        var header = WavHeader.Read(audio);
        return header.Frames > 0
            ? new AudioInfo(header.Format.Name, header.Format.Channels, header.Format.SampleRate, header.Frames)
            : throw new InvalidAudioException(AudioProblem.NoSamples, "The file is well formed but holds no sample.");
    }

    /// <summary>As the other, with memory of the caller's that is replaced when too small.</summary>
    internal static AudioClip ReadMono(Stream audio, ref float[] buffer, CancellationToken cancellationToken) =>
        ReadMono(audio, FeatureVersion.MaxSeconds, ref buffer, cancellationToken);

    private static AudioClip ReadMono(Stream audio, int seconds, ref float[] buffer, CancellationToken cancellationToken)
    {
        var format = Require(audio);
        if (format == AudioFormat.Wav)
        {
            return WavReader.ReadMono(audio, seconds, ref buffer);
        }

        using var source = Open(audio, format, cancellationToken);
        return FrameReader.ReadMono(source, seconds, ref buffer, TimeProvider.System, cancellationToken);
    }

    /// <summary>Looks at the first bytes and goes back to them.</summary>
    private static AudioFormat Require(Stream audio)
    {
        if (AudioFormat.Recognize(audio) is { } format)
        {
            return format;
        }

        Span<byte> signature = stackalloc byte[FileSignature.Length];
        var start = audio.Position;
        signature = signature[..audio.ReadAtLeast(signature, signature.Length, throwOnEndOfStream: false)];
        audio.Position = start;
        if (signature.IsEmpty)
        {
            throw new InvalidAudioException(AudioProblem.EmptyFile, "The file is empty.");
        }

        var found = FileSignature.Describe(signature);
        throw new UnsupportedAudioException(
            AudioProblem.UnknownFormat,
            $"This is no audio file that is read but {found}; WAV, FLAC, MP3, Ogg, Opus, AIFF, M4A and others are.", found);
    }

    private static FrameSource Open(Stream audio, AudioFormat format, CancellationToken cancellationToken)
    {
        var start = audio.Position;
        if (format.ReadBySndFile && TryOpenSndFile(audio, format, out var source))
        {
            return source;
        }

        audio.Position = start;
        return Ffmpeg.Open(Ffmpeg.Program ?? throw Missing(format), audio, format, cancellationToken);
    }

    /// <summary>Older versions of the library read no MP3, and none reads all variants of Ogg: ffmpeg is asked then.</summary>
    private static bool TryOpenSndFile(Stream audio, AudioFormat format, [NotNullWhen(true)] out FrameSource? source)
    {
        source = null;
        if (SndFileLibrary.Instance is not { } library)
        {
            return false;
        }

        try
        {
            source = new SndFileSource(library, audio, format);
            return true;
        }
        catch (InvalidAudioException) when (Ffmpeg.Program is not null)
        {
            return false;
        }
    }

    private static UnsupportedAudioException Missing(AudioFormat format)
    {
        var package = format.ReadBySndFile ? "libsndfile1" : "ffmpeg";
        return new UnsupportedAudioException(
            AudioProblem.DecoderMissing, $"This machine cannot read {format.Name} files yet: install the package {package}, then start the program again.",
            format.Name, package);
    }
}
