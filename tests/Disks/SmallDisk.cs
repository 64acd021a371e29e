using System.Diagnostics;

namespace MusicRec.Disks;

/// <summary>A folder on a disk of its own of a few megabytes, in memory. Only root may make one: elsewhere its tests are skipped.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("musicrec-disk-");

    public SmallDisk(int megabytes)
    {
        if (!OperatingSystem.IsLinux() || Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", _folder.FullName) != 0)
        {
            _folder.Delete();
            Assert.Skip("Only root on Linux may mount a small disk.");
        }
    }

    public DirectoryInfo Folder => _folder;

    private string Filler => Path.Combine(_folder.FullName, "filler");

    /// <summary>Leaves so many bytes free, about.</summary>
    public void Fill(long free)
    {
        using var filler = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, 1);
        var block = new byte[4096];
        while (new DriveInfo(_folder.FullName).AvailableFreeSpace > free)
        {
            filler.Write(block);
        }
    }

    /// <summary>Gives the disk another size.</summary>
    public void Resize(int megabytes) => Assert.Equal(0, Run("mount", "-o", $"remount,size={megabytes}m", _folder.FullName));

    public void Empty() => File.Delete(Filler);

    public void Dispose()
    {
        Run("umount", "--lazy", _folder.FullName);
        _folder.Delete();
    }

    private static int Run(string program, params string[] args)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, args) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return -1;
        }
    }
}
