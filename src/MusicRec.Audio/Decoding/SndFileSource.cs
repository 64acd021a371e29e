using System.Runtime.InteropServices;

namespace MusicRec.Audio.Decoding;

/// <summary>FLAC, MP3, Ogg Vorbis, Opus and AIFF by libsndfile.</summary>
internal sealed class SndFileSource : FrameSource
{
    private const int SubFormatMask = 0xFFFF;

    private readonly SndFileLibrary _library;
    private readonly SndFileBytes _bytes;
    private readonly SndFileLibrary.Info _info;
    private readonly string _format;
    private GCHandle _handle;
    private nint _file;

    /// <summary>Opens a file and reads its header.</summary>
    /// <exception cref="InvalidAudioException">The library cannot read it.</exception>
    /// <exception cref="UnsupportedAudioException">Channels or rate are out of range.</exception>
    /// <exception cref="IOException">The stream could not be read.</exception>
    public SndFileSource(SndFileLibrary library, Stream audio, AudioFormat format)
    {
        (_library, _format) = (library, format.Name);
        _bytes = new SndFileBytes(audio);
        _handle = GCHandle.Alloc(_bytes);
        try
        {
            _file = library.Open(_handle, out _info);
            _bytes.ThrowIfFailed();
            if (_file == 0)
            {
                throw Damaged();
            }

            AudioLimits.Require(_info.Channels, _info.SampleRate);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override string Encoding => (_info.Format & SubFormatMask) switch
    {
        0x60 => "Ogg Vorbis",
        0x64 => "Opus",
        0x01 or 0x05 => $"8-bit {_format}",
        0x02 => $"16-bit {_format}",
        0x03 => $"24-bit {_format}",
        0x04 => $"32-bit {_format}",
        _ => _format,
    };

    /// <inheritdoc/>
    public override int Channels => _info.Channels;

    /// <inheritdoc/>
    public override int SampleRate => _info.SampleRate;

    /// <inheritdoc/>
    public override long Frames => _info.Frames;

    /// <inheritdoc/>
    public override int Read(Span<float> interleaved)
    {
        var frames = _library.ReadFrames(_file, interleaved, interleaved.Length / Channels);
        _bytes.ThrowIfFailed();
        return (int)Math.Max(0, frames);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (_file != 0)
        {
            _library.Close(_file);
            _file = 0;
        }

        if (_handle.IsAllocated)
        {
            _handle.Free();
            _bytes.Dispose();
        }
    }

    private InvalidAudioException Damaged()
    {
        var error = _library.ErrorOf(0);
        return new InvalidAudioException(
            AudioProblem.Undecodable, $"The {_format} file is damaged or of a variant that is not read ({error}).", _format, error);
    }
}
