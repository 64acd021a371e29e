using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MusicRec.Cli.Benchmarks;

/// <summary>The web program as a process of its own, on a free port of this machine, with a storage folder given to it.</summary>
internal sealed class WebProgram : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly Process _process;

    private WebProgram(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    public Uri Address { get; }

    /// <summary>From the process's start to the first healthy answer of <c>/health/ready</c>.</summary>
    public TimeSpan TimeToReady { get; private set; }

    /// <summary>Resident memory, bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Starts the program and waits until it is ready.</summary>
    /// <param name="program">Path of <c>MusicRec.Web.dll</c>.</param>
    /// <param name="storage">Its storage folder.</param>
    /// <param name="cancellationToken">Stops the wait, and the program.</param>
    /// <exception cref="CommandException">It ended, or is not ready in a minute.</exception>
    public static async Task<WebProgram> StartAsync(string program, string storage, CancellationToken cancellationToken)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort().ToString(CultureInfo.InvariantCulture)}");
        var start = new ProcessStartInfo("dotnet", [program, "--urls", address.ToString()])
        {
            WorkingDirectory = Path.GetDirectoryName(program)!,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["Storage__Path"] = storage;
        start.Environment["Demo__Enabled"] = "false";
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        var started = TimeProvider.System.GetTimestamp();
        var web = new WebProgram(Process.Start(start)!, address);
        web._process.OutputDataReceived += (_, _) => { };
        web._process.ErrorDataReceived += (_, _) => { };
        web._process.BeginOutputReadLine();
        web._process.BeginErrorReadLine();
        try
        {
            await web.WaitAsync(cancellationToken);
            web.TimeToReady = TimeProvider.System.GetElapsedTime(started);
            return web;
        }
        catch
        {
            await web.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = Address };
        var began = TimeProvider.System.GetTimestamp();
        while (!_process.HasExited && TimeProvider.System.GetElapsedTime(began) < Patience)
        {
            try
            {
                using var answer = await client.GetAsync("/health/ready", cancellationToken);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(Pause, cancellationToken);
        }

        throw new CommandException(_process.HasExited ? $"The web program ended with code {_process.ExitCode}." : "The web program was not ready within a minute.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
