using System.Runtime.InteropServices;
using System.Text.Json;

namespace MusicRec.Audio.Tests.Golden;

/// <summary>Matrices that librosa computed, row-major [rows, frames].</summary>
public sealed class LibrosaFrames
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Fixtures", "frames");

    private readonly JsonElement _arrays;
    private readonly byte[] _data;

    private LibrosaFrames(string name)
    {
        using var header = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, name + ".json")));
        _arrays = header.RootElement.GetProperty("arrays").Clone();
        _data = File.ReadAllBytes(Path.Combine(Folder, name + ".bin"));
    }

    public static LibrosaFrames Load(string name) => new(name);

    public float[] Floats(string array) => MemoryMarshal.Cast<byte, float>(Bytes(array, sizeof(float))).ToArray();

    public double[] Doubles(string array) => MemoryMarshal.Cast<byte, double>(Bytes(array, sizeof(double))).ToArray();

    private ReadOnlySpan<byte> Bytes(string array, int size)
    {
        var entry = _arrays.GetProperty(array);
        var count = entry.GetProperty("shape").EnumerateArray().Aggregate(1, (product, n) => product * n.GetInt32());
        return _data.AsSpan(entry.GetProperty("offset").GetInt32(), count * size);
    }
}
