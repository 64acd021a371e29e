using System.Buffers.Binary;

namespace MusicRec.Cli.Tests;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("musicrec-cli-").FullName;

    public string this[string name] => Path.Combine(Root, name);

    /// <summary>Writes text below the folder and returns its path.</summary>
    public string Text(string name, string content)
    {
        File.WriteAllText(Reserve(name), content);
        return this[name];
    }

    /// <summary>Writes an 8-bit mono WAV of a tone that differs by <paramref name="number"/> and returns its path.</summary>
    public string Song(string name, int number, double seconds = 0.5, int sampleRate = 22050)
    {
        var frames = (int)(seconds * sampleRate);
        var wav = new byte[44 + frames];
        "RIFF"u8.CopyTo(wav);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(4), wav.Length - 8);
        "WAVEfmt "u8.CopyTo(wav.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(22), 1);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(24), sampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(28), sampleRate);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(32), 1);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(34), 8);
        "data"u8.CopyTo(wav.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(40), frames);
        for (var i = 0; i < frames; i++)
        {
            wav[44 + i] = (byte)(128 + 90 * Math.Sin(2 * Math.PI * (200 + 17 * number) * i / sampleRate));
        }

        File.WriteAllBytes(Reserve(name), wav);
        return this[name];
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private string Reserve(string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
        return this[name];
    }
}
