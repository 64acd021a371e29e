using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace MusicRec.Training.Network;

/// <summary>Everything a training needs to go on as if it had never stopped: all tensors and the step they belong to.</summary>
internal static class Checkpoint
{
    private const int Magic = 0x4D52_4302;

    /// <summary>Writes the file, complete or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="step">Steps done.</param>
    /// <param name="settings">What the training was asked for; another run may not go on from it.</param>
    /// <param name="tensors">All state, always in one order.</param>
    public static void Write(string path, int step, string settings, IEnumerable<Tensor> tensors)
    {
        using (var writer = new BinaryWriter(File.Create(path + ".part")))
        {
            writer.Write(Magic);
            writer.Write(step);
            writer.Write(settings);
            foreach (var tensor in tensors)
            {
                var values = EarExport.Values(tensor.to_type(ScalarType.Float32));
                writer.Write(values.Length);
                writer.Write(MemoryMarshal.AsBytes(values.AsSpan()));
            }
        }

        File.Move(path + ".part", path, overwrite: true);
    }

    /// <summary>Reads what was written into tensors of the same shapes; the steps done.</summary>
    /// <exception cref="InvalidDataException">It is of another training.</exception>
    public static int Read(string path, string settings, IEnumerable<Tensor> tensors)
    {
        using var reader = new BinaryReader(File.OpenRead(path));
        if (reader.ReadInt32() != Magic)
        {
            throw new InvalidDataException($"{path} is no checkpoint.");
        }

        var step = reader.ReadInt32();
        if (reader.ReadString() is var other && other != settings)
        {
            throw new InvalidDataException($"{path} is of a training with '{other}', not '{settings}'.");
        }

        using var noGradient = no_grad();
        foreach (var target in tensors)
        {
            var values = MemoryMarshal.Cast<byte, float>(reader.ReadBytes(reader.ReadInt32() * sizeof(float))).ToArray();
            using var source = tensor(values, target.shape);
            target.copy_(source);
        }

        return step;
    }
}
