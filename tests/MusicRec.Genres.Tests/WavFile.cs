using System.Buffers.Binary;

namespace MusicRec.Genres.Tests;

/// <summary>16-bit mono WAV files of half a second at 22 050 Hz.</summary>
internal static class WavFile
{
    private const int Rate = 22050;

    public static byte[] Tone(double frequency)
    {
        var samples = Rate / 2;
        var file = new byte[44 + samples * sizeof(short)];
        "RIFF"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - 8);
        "WAVEfmt "u8.CopyTo(file.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(22), 1);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(24), Rate);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(28), Rate * sizeof(short));
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(32), sizeof(short));
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(34), 16);
        "data"u8.CopyTo(file.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(40), samples * sizeof(short));
        for (var i = 0; i < samples; i++)
        {
            var sample = (short)(10_000 * Math.Sin(2 * Math.PI * frequency * i / Rate));
            BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(44 + i * sizeof(short)), sample);
        }

        return file;
    }
}
