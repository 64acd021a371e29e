using System.Diagnostics;
using System.Globalization;

namespace MusicRec.Cli.Tests;

/// <summary>The program in a process of its own, to be killed or interrupted.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private ChildProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _error = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Starts it with one indexing worker, so that a run lasts long enough to be cut off.</summary>
    public static ChildProcess Start(params string[] args) => Run(_ => { }, args);

    /// <summary>Starts it for a user with another home folder, on no build server.</summary>
    public static ChildProcess StartAt(string home, params string[] args) => Run(
        start =>
        {
            start.Environment["HOME"] = home;
            start.Environment.Remove("XDG_CACHE_HOME");
            start.Environment.Remove("CI");
        },
        args);

    /// <summary>Starts it as on a processor without certain instructions.</summary>
    public static ChildProcess StartWithout(string instructions, params string[] args) => Run(start => start.Environment[$"DOTNET_{instructions}"] = "0", args);

    /// <summary>Starts it as on a machine where no other program is installed.</summary>
    public static ChildProcess StartAlone(params string[] args) => Run(start => start.Environment["PATH"] = "/none", args);

    private static ChildProcess Run(Action<ProcessStartInfo> configure, string[] args)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["Indexing__Workers"] = "1" },
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "musicrec.dll"));
        foreach (var argument in args)
        {
            start.ArgumentList.Add(argument);
        }

        configure(start);
        return new ChildProcess(Process.Start(start)!);
    }

    public bool HasExited => _process.HasExited;

    /// <summary>As kill -9 does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>As Ctrl+C does.</summary>
    public async Task InterruptAsync()
    {
        using var kill = Process.Start("kill", ["-INT", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    public async Task<CliResult> EndAsync()
    {
        await _process.WaitForExitAsync();
        return new CliResult(_process.ExitCode, await _output, await _error);
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
