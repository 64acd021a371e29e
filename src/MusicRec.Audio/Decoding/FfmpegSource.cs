using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace MusicRec.Audio.Decoding;

/// <summary>
/// Everything that ffmpeg decodes, by a process of its own that is bounded in time, memory and output. It gets the format
/// and the file by name and may open nothing else; channels stay apart, as its own mixing to mono is too loud.
/// </summary>
internal sealed class FfmpegSource : FrameSource
{
    private const int HeaderLength = 24;
    private const int MostAnnotation = 1 << 16;

    private readonly AudioFormat _format;
    private readonly IDisposable? _copy;
    private readonly Process _process;
    private readonly FfmpegMessages _messages;
    private readonly Stream _output;
    private readonly TimeSpan _mostTime;
    private readonly Timer _deadline;
    private readonly CancellationTokenRegistration _cancellation;
    private readonly CancellationToken _cancellationToken;
    private volatile bool _late;

    /// <summary>Starts the decoder and reads what it says of the file.</summary>
    /// <param name="program">Path of ffmpeg.</param>
    /// <param name="path">Absolute path of the file.</param>
    /// <param name="copy">The file if it is a copy to be removed with this object.</param>
    /// <param name="format">What the file was recognised as.</param>
    /// <param name="mostTime">When to give the file up.</param>
    /// <param name="cancellationToken">Ends the process.</param>
    /// <exception cref="InvalidAudioException">ffmpeg cannot read the file, or not in time.</exception>
    /// <exception cref="UnsupportedAudioException">Channels or rate are out of range.</exception>
    public FfmpegSource(string program, string path, IDisposable? copy, AudioFormat format, TimeSpan mostTime, CancellationToken cancellationToken)
    {
        (_format, _mostTime, _cancellationToken) = (format, mostTime, cancellationToken);
        _process = Process.Start(Describe(program, path, format))
            ?? throw new InvalidOperationException("The operating system started no process for ffmpeg.");
        _messages = new FfmpegMessages(_process);
        _output = _process.StandardOutput.BaseStream;
        _deadline = new Timer(_ => EndLate(), null, mostTime, Timeout.InfiniteTimeSpan);
        _cancellation = cancellationToken.Register(Kill);
        try
        {
            (SampleRate, Channels) = ReadHeader();
        }
        catch
        {
            Dispose();
            throw;
        }

        _copy = copy;
    }

    /// <inheritdoc/>
    public override string Encoding => _format.Name;

    /// <inheritdoc/>
    public override int Channels { get; }

    /// <inheritdoc/>
    public override int SampleRate { get; }

    /// <inheritdoc/>
    public override long Frames => (long)(_messages.Seconds * SampleRate);

    /// <inheritdoc/>
    public override int Read(Span<float> interleaved)
    {
        var bytes = MemoryMarshal.AsBytes(interleaved);
        var frames = ReadFully(bytes) / (sizeof(float) * Channels);
        var samples = MemoryMarshal.Cast<float, int>(interleaved[..(frames * Channels)]);
        BinaryPrimitives.ReverseEndianness(samples, samples);
        return frames;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _cancellation.Dispose();
        _deadline.Dispose();
        Kill();
        _process.WaitForExit();
        _process.Dispose();
        _copy?.Dispose();
    }

    /// <summary>Sun AU with 32-bit float is the simplest container that carries rate and channels through a pipe.</summary>
    private static ProcessStartInfo Describe(string program, string path, AudioFormat format)
    {
        const string MostMemory = "268435456";
        string[] arguments =
        [
            "-nostdin", "-hide_banner", "-loglevel", "info", "-nostats", "-threads", "1", "-max_alloc", MostMemory,
            "-protocol_whitelist", "file,pipe", "-f", format.Demuxer, "-i", $"file:{path}",
            "-map", "0:a:0", "-map_metadata", "-1", "-c:a", "pcm_f32be", "-f", "au", "pipe:1",
        ];
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Clear();
        start.Environment["LC_ALL"] = "C.UTF-8";
        return start;
    }

    private (int SampleRate, int Channels) ReadHeader()
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        if (ReadFully(header) < HeaderLength || !header.StartsWith(".snd"u8))
        {
            throw Undecodable(_messages.WaitForReason());
        }

        var annotation = BinaryPrimitives.ReadUInt32BigEndian(header[4..]) - HeaderLength;
        var sampleRate = BinaryPrimitives.ReadUInt32BigEndian(header[16..]);
        var channels = BinaryPrimitives.ReadUInt32BigEndian(header[20..]);
        AudioLimits.Require((int)Math.Min(channels, int.MaxValue), sampleRate);
        return annotation <= MostAnnotation && ReadFully(new byte[annotation]) == annotation
            ? ((int)sampleRate, (int)channels)
            : throw Undecodable("no samples");
    }

    private int ReadFully(Span<byte> target)
    {
        var length = _output.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
        _cancellationToken.ThrowIfCancellationRequested();
        return _late ? throw Undecodable(string.Create(CultureInfo.InvariantCulture, $"it took over {_mostTime.TotalSeconds:0.###} s")) : length;
    }

    private void EndLate()
    {
        _late = true;
        Kill();
    }

    private void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    private InvalidAudioException Undecodable(string reason) => new(
        AudioProblem.Undecodable, $"The {_format.Name} file is damaged or of a variant that is not read ({reason}).", _format.Name, reason);
}
