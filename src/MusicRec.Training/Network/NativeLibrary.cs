using System.Buffers.Binary;
using System.Text;

namespace MusicRec.Training.Network;

/// <summary>
/// libLibTorchSharp.so asks for the version GLIBCXX_3.4.32 of the C++ library, which Debian 12 (3.4.30) lacks, yet uses none of its
/// symbols. Marked as weak, the request no longer stops the library from loading. Only the copy beside this program is changed.
/// </summary>
internal static class NativeLibrary
{
    private const string Wanted = "GLIBCXX_3.4.32";
    private const uint VersionNeeds = 0x6ffffffe;
    private const ushort Weak = 2;

    /// <summary>Changes the copy, if there is one and it was not changed yet. Before the first use of TorchSharp.</summary>
    public static void Prepare()
    {
        foreach (var path in Directory.EnumerateFiles(AppContext.BaseDirectory, "libLibTorchSharp.so", SearchOption.AllDirectories))
        {
            var bytes = File.ReadAllBytes(path);
            if (MakeWeak(bytes))
            {
                File.WriteAllBytes(path + ".new", bytes);
                File.Move(path + ".new", path, overwrite: true);
            }
        }
    }

    /// <summary>Marks the need in a 64-bit little-endian ELF file; whether anything changed.</summary>
    internal static bool MakeWeak(byte[] file)
    {
        var sections = (int)BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(0x28));
        var size = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(0x3A));
        var count = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(0x3C));
        var changed = false;
        for (var i = 0; i < count; i++)
        {
            var header = file.AsSpan(sections + i * size);
            if (BinaryPrimitives.ReadUInt32LittleEndian(header[4..]) == VersionNeeds)
            {
                var strings = file.AsSpan(sections + (int)BinaryPrimitives.ReadUInt32LittleEndian(header[0x28..]) * size);
                changed |= MarkNeeds(file, (int)BinaryPrimitives.ReadInt64LittleEndian(header[0x18..]), (int)BinaryPrimitives.ReadInt64LittleEndian(strings[0x18..]));
            }
        }

        return changed;
    }

    /// <summary>A list of libraries (Verneed), each with a list of versions (Vernaux).</summary>
    private static bool MarkNeeds(byte[] file, int library, int strings)
    {
        var changed = false;
        for (var nextLibrary = -1; nextLibrary != 0; library += nextLibrary)
        {
            var version = library + (int)BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(library + 8));
            for (var nextVersion = -1; nextVersion != 0; version += nextVersion)
            {
                var name = file.AsSpan(strings + (int)BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(version + 8)));
                var flags = file.AsSpan(version + 4, sizeof(ushort));
                if (Encoding.ASCII.GetString(name[..name.IndexOf((byte)0)]) == Wanted && BinaryPrimitives.ReadUInt16LittleEndian(flags) != Weak)
                {
                    BinaryPrimitives.WriteUInt16LittleEndian(flags, Weak);
                    changed = true;
                }

                nextVersion = (int)BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(version + 12));
            }

            nextLibrary = (int)BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(library + 12));
        }

        return changed;
    }
}
