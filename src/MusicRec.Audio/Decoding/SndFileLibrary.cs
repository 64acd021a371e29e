using System.Runtime.InteropServices;

namespace MusicRec.Audio.Decoding;

/// <summary>The five functions of libsndfile that are used, taken from the library if the machine has it.</summary>
internal sealed unsafe class SndFileLibrary
{
    private static readonly string[] FileNames =
        OperatingSystem.IsWindows() ? ["sndfile.dll", "libsndfile-1.dll"]
        : OperatingSystem.IsMacOS() ? ["libsndfile.1.dylib", "/opt/homebrew/lib/libsndfile.1.dylib", "/usr/local/lib/libsndfile.1.dylib"]
        : ["libsndfile.so.1"];

    private static readonly Lazy<SndFileLibrary?> Found = new(Find);

    private readonly delegate* unmanaged<VirtualFile*, int, Info*, void*, nint> _open;
    private readonly delegate* unmanaged<nint, float*, long, long> _readFrames;
    private readonly delegate* unmanaged<nint, int> _error;
    private readonly delegate* unmanaged<int, byte*> _errorText;
    private readonly delegate* unmanaged<nint, int> _close;

    private SndFileLibrary(nint library)
    {
        _open = (delegate* unmanaged<VirtualFile*, int, Info*, void*, nint>)NativeLibrary.GetExport(library, "sf_open_virtual");
        _readFrames = (delegate* unmanaged<nint, float*, long, long>)NativeLibrary.GetExport(library, "sf_readf_float");
        _error = (delegate* unmanaged<nint, int>)NativeLibrary.GetExport(library, "sf_error");
        _errorText = (delegate* unmanaged<int, byte*>)NativeLibrary.GetExport(library, "sf_error_number");
        _close = (delegate* unmanaged<nint, int>)NativeLibrary.GetExport(library, "sf_close");
    }

    /// <summary>The library; null if the machine has none.</summary>
    public static SndFileLibrary? Instance => Found.Value;

    /// <summary>Opens a file for reading.</summary>
    /// <param name="bytes">A handle to the <see cref="SndFileBytes"/> to read from; must outlive the file.</param>
    /// <param name="info">Receives what the header says.</param>
    /// <returns>The open file, or 0.</returns>
    public nint Open(GCHandle bytes, out Info info)
    {
        const int Read = 0x10;
        var file = new VirtualFile { Length = &SndFileBytes.GetLength, Seek = &SndFileBytes.Seek, Read = &SndFileBytes.Read, Write = &SndFileBytes.Write, Tell = &SndFileBytes.Tell };

        // On the stack: while the library asks for bytes, the garbage collector may move what lies on the heap.
        var header = default(Info);
        var opened = _open(&file, Read, &header, (void*)GCHandle.ToIntPtr(bytes));
        info = header;
        return opened;
    }

    /// <summary>Reads frames; fewer than asked only at the end or where the file is damaged.</summary>
    public long ReadFrames(nint file, Span<float> interleaved, int frames)
    {
        fixed (float* samples = interleaved)
        {
            return _readFrames(file, samples, frames);
        }
    }

    /// <summary>What the library says is wrong with a file; 0 for the file that could not be opened last.</summary>
    public string ErrorOf(nint file) => Marshal.PtrToStringUTF8((nint)_errorText(_error(file)))?.TrimEnd(' ', '.') ?? "";

    /// <summary>Closes the file.</summary>
    public void Close(nint file) => _close(file);

    private static SndFileLibrary? Find()
    {
        foreach (var name in FileNames)
        {
            if (NativeLibrary.TryLoad(name, out var library))
            {
                return new SndFileLibrary(library);
            }
        }

        return null;
    }

    /// <summary>SF_INFO.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Info
    {
        public long Frames;
        public int SampleRate;
        public int Channels;
        public int Format;
        public int Sections;
        public int Seekable;
    }

    /// <summary>SF_VIRTUAL_IO.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct VirtualFile
    {
        public delegate* unmanaged<nint, long> Length;
        public delegate* unmanaged<long, int, nint, long> Seek;
        public delegate* unmanaged<byte*, long, nint, long> Read;
        public delegate* unmanaged<byte*, long, nint, long> Write;
        public delegate* unmanaged<nint, long> Tell;
    }
}
