using System.Diagnostics;
using System.Globalization;
using MusicRec.Audio.Decoding;

namespace MusicRec.Audio.Encoding;

/// <summary>A lossy way to store music that ffmpeg can write.</summary>
/// <param name="Encoder">ffmpeg's name of the encoder.</param>
/// <param name="Muxer">ffmpeg's name of the container.</param>
/// <param name="KilobitsPerSecond">Of all channels together.</param>
public sealed record LossyCodec(string Encoder, string Muxer, int KilobitsPerSecond)
{
    /// <summary>MP3 at 64 kbit/s: the poorest copy people keep.</summary>
    public static readonly LossyCodec Mp3 = new("libmp3lame", "mp3", 64);

    /// <summary>Ogg Vorbis at 48 kbit/s.</summary>
    public static readonly LossyCodec Vorbis = new("libvorbis", "ogg", 48);

    /// <summary>Opus at 32 kbit/s.</summary>
    public static readonly LossyCodec Opus = new("libopus", "ogg", 32);

    /// <summary>AAC at 48 kbit/s.</summary>
    public static readonly LossyCodec Aac = new("aac", "adts", 48);
}

/// <summary>Makes poor copies of songs by ffmpeg, to measure and to teach what survives them.</summary>
public static class LossyCopy
{
    private static readonly TimeSpan MostTime = TimeSpan.FromMinutes(2);

    /// <summary>Whether the machine has ffmpeg. Which encoders it was built with shows when it is run.</summary>
    public static bool IsPossible => Ffmpeg.Program is not null;

    /// <summary>Writes the beginning of a song as a lossy file of the same channels.</summary>
    /// <param name="song">Path of a song file that this library reads.</param>
    /// <param name="copy">Path of the file to write; replaced if it exists.</param>
    /// <param name="codec">How.</param>
    /// <param name="seconds">How much of the song.</param>
    /// <exception cref="AudioFormatException">The song is of no format that is known.</exception>
    /// <exception cref="IOException">ffmpeg is missing, cannot do it, or takes over two minutes.</exception>
    public static void Write(string song, string copy, LossyCodec codec, int seconds)
    {
        var program = Ffmpeg.Program ?? throw new IOException("ffmpeg is not installed.");
        using var process = Process.Start(Describe(program, song, copy, codec, seconds))
            ?? throw new IOException("The operating system started no process for ffmpeg.");
        var messages = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(MostTime))
        {
            process.Kill(entireProcessTree: true);
            throw new IOException($"ffmpeg took over {MostTime.TotalSeconds:0} s for {song}.");
        }

        if (process.ExitCode != 0)
        {
            throw new IOException($"ffmpeg cannot copy {song} with {codec.Encoder}: {messages.GetAwaiter().GetResult().Trim()}");
        }
    }

    /// <summary>Bit-exact, one thread, no metadata: the same song has the same copy.</summary>
    private static ProcessStartInfo Describe(string program, string song, string copy, LossyCodec codec, int seconds)
    {
        string[] arguments =
        [
            "-nostdin", "-hide_banner", "-loglevel", "error", "-y", "-threads", "1", "-protocol_whitelist", "file",
            "-f", DemuxerOf(song), "-t", seconds.ToString(CultureInfo.InvariantCulture), "-i", $"file:{Path.GetFullPath(song)}",
            "-map", "0:a:0", "-map_metadata", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact",
            "-c:a", codec.Encoder, "-b:a", $"{codec.KilobitsPerSecond}k", "-f", codec.Muxer, $"file:{Path.GetFullPath(copy)}",
        ];
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true };
        start.Environment.Clear();
        start.Environment["LC_ALL"] = "C.UTF-8";
        return start;
    }

    private static string DemuxerOf(string song)
    {
        using var stream = File.OpenRead(song);
        return AudioFormat.Recognize(stream)?.Demuxer
            ?? throw new UnsupportedAudioException(AudioProblem.UnknownFormat, $"{song} is no audio file that is read.");
    }
}
