using System.Runtime.InteropServices;

namespace MusicRec.Genres;

/// <summary>ONNX Runtime reports its use to its maker by default and keeps files in the home folder; this product does neither.</summary>
internal static partial class Telemetry
{
    private const string Switch = "ORT_DISABLE_TELEMETRY";

    /// <summary>To be called before the first session: the native library reads the process's environment once.</summary>
    public static void SwitchOff()
    {
        if (OperatingSystem.IsWindows())
        {
            Environment.SetEnvironmentVariable(Switch, "1");
        }
        else
        {
            // .NET keeps a copy of the environment of its own, which native code does not see.
            _ = SetEnvironment(Switch, "1", overwrite: 1);
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
