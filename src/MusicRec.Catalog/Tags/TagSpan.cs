using System.Buffers.Binary;

namespace MusicRec.Catalog.Tags;

/// <summary>Takes numbers and pieces off the front of bytes, and says so where there are too few.</summary>
internal ref struct TagSpan(ReadOnlySpan<byte> bytes)
{
    /// <summary>What was not taken yet.</summary>
    public ReadOnlySpan<byte> Rest { get; private set; } = bytes;

    /// <exception cref="InvalidDataException">There are fewer bytes.</exception>
    public ReadOnlySpan<byte> Take(long count)
    {
        if (count < 0 || count > Rest.Length)
        {
            throw new InvalidDataException();
        }

        var taken = Rest[..(int)count];
        Rest = Rest[(int)count..];
        return taken;
    }

    public byte TakeByte() => Take(1)[0];

    public uint TakeBigEndian() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    public uint TakeLittleEndian() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    /// <summary>Bytes up to a terminator of one or two zeros, which is taken, too; all bytes without one.</summary>
    public ReadOnlySpan<byte> TakeText(int terminatorBytes)
    {
        for (var i = 0; i + terminatorBytes <= Rest.Length; i += terminatorBytes)
        {
            if (!Rest.Slice(i, terminatorBytes).ContainsAnyExcept((byte)0))
            {
                var text = Take(i);
                Take(terminatorBytes);
                return text;
            }
        }

        return Take(Rest.Length);
    }
}
