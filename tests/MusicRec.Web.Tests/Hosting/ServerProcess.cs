using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace MusicRec.Web.Tests.Hosting;

/// <summary>The program as an operator starts it: a process of its own, with its console.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("musicrec-process-");
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process _process;

    private ServerProcess(string[] settings)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])[typeof(Program).Assembly.Location, "--urls=http://127.0.0.1:0", "--Demo:Enabled=false", $"--Storage:Path={_folder.FullName}", .. settings])
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>What it wrote to the console, line by line.</summary>
    public ConcurrentQueue<string> Console { get; } = new();

    public static async Task<(ServerProcess Server, Uri Address)> StartAsync(params string[] settings)
    {
        var server = new ServerProcess(settings);
        return (server, await server._address.Task.WaitAsync(Patience));
    }

    /// <summary>Waits until a line of the console has this text.</summary>
    public async Task WaitForAsync(string text)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!Console.Any(line => line.Contains(text, StringComparison.Ordinal)))
        {
            await Task.Delay(20, patience.Token);
        }
    }

    /// <summary>Files on their way in.</summary>
    public string[] Incoming() => Directory.GetFiles(Path.Combine(_folder.FullName, "incoming"));

    /// <summary>As an operator stops it (SIGTERM); waits for its end.</summary>
    public async Task<int> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await _process.WaitForExitAsync(new CancellationTokenSource(Patience).Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        Console.Enqueue(line);
        if (Listening().Match(line) is { Success: true } match)
        {
            _address.TrySetResult(new Uri(match.Groups[1].Value));
        }
    }

    [GeneratedRegex(@"listening on: (http://[\d.:]+)")]
    private static partial Regex Listening();
}
