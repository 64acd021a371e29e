using System.Runtime.InteropServices;

namespace MusicRec.Catalog.Tests.Files;

/// <summary>Asks Linux what it still holds of a file and has not written to the disk (<c>cachestat</c>, kernel 6.5 or newer).</summary>
internal static partial class PageCache
{
    private const long CacheStatCall = 451;

    /// <summary>Pages that a failing power would take; null where the system cannot tell.</summary>
    public static long? UnwrittenPages(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        using var file = File.OpenHandle(path);
        var range = default(ByteRange);
        return CacheStat(CacheStatCall, (int)file.DangerousGetHandle(), ref range, out var pages, 0) == 0 ? (long)(pages.Dirty + pages.BeingWritten) : null;
    }

    [LibraryImport("libc", EntryPoint = "syscall")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial long CacheStat(long number, int file, ref ByteRange range, out Pages pages, uint flags);

    /// <summary>Length 0 is to the end of the file.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct ByteRange(ulong Start, ulong Length);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Pages(ulong Cached, ulong Dirty, ulong BeingWritten, ulong Evicted, ulong EvictedRecently);
}
