using System.Diagnostics;
using System.Globalization;

namespace MusicRec.Catalog.Tests.Survival;

/// <summary>The program <c>musicrec</c> in a process of its own, on the folder and the database of a catalog under test.</summary>
internal sealed class CommandLine : IDisposable
{
    /// <summary>Songs that a process analyses at once.</summary>
    public const int Workers = 2;

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private CommandLine(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _error = process.StandardError.ReadToEndAsync();
    }

    private static string Program
    {
        get
        {
            // tests/NAME/bin/Debug/net10.0
            var here = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
            return Path.Combine(
                here.FullName, "../../../../../src/MusicRec.Cli/bin", here.Parent!.Name, here.Name, "musicrec.dll");
        }
    }

    public bool HasExited => _process.HasExited;

    public static CommandLine Start(TestCatalog catalog, params string[] args)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Program, .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["Indexing__Workers"] = Workers.ToString(CultureInfo.InvariantCulture) },
        };
        foreach (var (key, value) in catalog.Settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        return new CommandLine(Process.Start(start)!);
    }

    /// <summary>As kill -9 does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>As a service manager does that stops the program.</summary>
    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    public async Task<(int ExitCode, string Output, string Error)> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(5));
        return (_process.ExitCode, await _output, await _error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
