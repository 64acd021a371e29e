using System.Buffers.Binary;

namespace MusicRec.Audio.Tests.Golden;

/// <summary>Reads the plain fixtures (44 bytes of header, 16-bit mono) without the product's decoder.</summary>
public static class Pcm16
{
    private const int HeaderLength = 44;

    public static float[] Read(string name)
    {
        var bytes = File.ReadAllBytes(LibrosaFile.AudioPathOf(name)).AsSpan(HeaderLength);
        var samples = new float[bytes.Length / 2];
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = BinaryPrimitives.ReadInt16LittleEndian(bytes[(2 * i)..]) / 32768f;
        }

        return samples;
    }
}
