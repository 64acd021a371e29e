using System.Buffers.Binary;

namespace MusicRec.Fuzzing;

/// <summary>
/// Damages valid files of any format the way disks, networks and people with bad intentions do: bits flipped, numbers that lie about
/// lengths, parts missing, doubled, exchanged or taken from another file. The same seed damages the same way.
/// </summary>
internal sealed class Mutator(int seed)
{
    private const int MostSteps = 4;
    private const int MostAdded = 4096;

    /// <summary>Headers are where most of the decisions of a reader come from: half of all damage goes there.</summary>
    private const int HeaderBytes = 128;

    private static readonly long[] Boundaries = [0, 1, 2, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, int.MaxValue, 1L << 31, uint.MaxValue, 0xFFFF0000, long.MaxValue, -1];

    private readonly Random _random = new(seed);

    /// <summary>One of the files, damaged in one to four steps.</summary>
    public byte[] Damage(IReadOnlyList<byte[]> files)
    {
        var bytes = files[_random.Next(files.Count)];
        for (var steps = _random.Next(1, MostSteps + 1); steps > 0; steps--)
        {
            bytes = Step(bytes, files);
        }

        return bytes;
    }

    private byte[] Step(byte[] bytes, IReadOnlyList<byte[]> files) => _random.Next(9) switch
    {
        _ when bytes.Length == 0 => Noise(),
        0 or 1 => WithFlippedBits(bytes),
        2 or 3 => WithLie(bytes),
        4 => bytes[..Place(bytes)],
        5 => Replace(bytes, []),
        6 => Replace(bytes, Part(bytes)),
        7 => Replace(bytes, Part(files[_random.Next(files.Count)])),
        _ => [.. bytes, .. Noise()],
    };

    private byte[] WithFlippedBits(byte[] bytes)
    {
        var flipped = bytes.ToArray();
        for (var count = _random.Next(1, 9); count > 0; count--)
        {
            flipped[Place(bytes)] ^= (byte)(1 << _random.Next(8));
        }

        return flipped;
    }

    /// <summary>A number on the edge of something, or near the file's own length, in either byte order, over what stood there.</summary>
    private byte[] WithLie(byte[] bytes)
    {
        Span<byte> number = stackalloc byte[8];
        var value = _random.Next(3) == 0 ? bytes.Length + _random.Next(-9, 10) : Boundaries[_random.Next(Boundaries.Length)];
        var size = 1 << _random.Next(4);
        if (_random.Next(2) == 0)
        {
            BinaryPrimitives.WriteInt64LittleEndian(number, value);
        }
        else
        {
            BinaryPrimitives.WriteInt64BigEndian(number, value << (8 * (8 - size)));
        }

        var lied = bytes.ToArray();
        var place = Place(bytes);
        number[..Math.Min(size, lied.Length - place)].CopyTo(lied.AsSpan(place));
        return lied;
    }

    /// <summary>The file with something else in place of one of its parts, or beside it.</summary>
    private byte[] Replace(byte[] bytes, byte[] part)
    {
        var from = Place(bytes);
        var to = _random.Next(2) == 0 ? from : Math.Min(bytes.Length, from + _random.Next(1, Math.Max(2, bytes.Length / 4)));
        return [.. bytes.AsSpan(0, from), .. part, .. bytes.AsSpan(to)];
    }

    private byte[] Part(byte[] bytes)
    {
        var from = Place(bytes);
        return bytes[from..Math.Min(bytes.Length, from + _random.Next(1, MostAdded))];
    }

    private byte[] Noise()
    {
        var noise = new byte[_random.Next(1, MostAdded)];
        _random.NextBytes(noise);
        return noise;
    }

    private int Place(byte[] bytes) => _random.Next(_random.Next(2) == 0 ? Math.Min(bytes.Length, HeaderBytes) : bytes.Length);
}
