namespace MusicRec.Audio.Tests.Decoding;

/// <summary>
/// A mono 16-bit WAV of any length that exists nowhere: the header, then bytes made when they are read. Counts what is
/// read.
/// </summary>
internal sealed class GeneratedWavStream : Stream
{
    private readonly byte[] _header;

    public GeneratedWavStream(long frames, int rate)
    {
        var dataSize = 2 * frames;
        _header = dataSize < uint.MaxValue
            ? new WavBuilder().Format(WavBuilder.Pcm, 16, 1, rate).Chunk("data", [], (uint)dataSize).ToArray()
            : new WavBuilder("RF64").LongSizes(dataSize).Format(WavBuilder.Pcm, 16, 1, rate).Chunk("data", [], uint.MaxValue).ToArray();
        Length = _header.Length + dataSize;
    }

    public long BytesRead { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length { get; }

    public override long Position { get; set; }

    public override int Read(Span<byte> buffer)
    {
        var count = (int)Math.Min(buffer.Length, Length - Position);
        for (var i = 0; i < count; i++)
        {
            buffer[i] = Position + i < _header.Length ? _header[Position + i] : (byte)((Position + i) * 37 >> 3);
        }

        Position += count;
        BytesRead += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => Length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
