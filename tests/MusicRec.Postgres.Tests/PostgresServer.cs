using System.Diagnostics;
using Npgsql;

namespace MusicRec.Postgres.Tests;

/// <summary>
/// A PostgreSQL server for this run: files and socket in a folder of its own, no network, nothing flushed. It goes when the run goes,
/// even if that is killed. A test that stops the server has one of its own. Where PostgreSQL is not installed its tests are skipped, and fail with CI=true.
/// </summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>As the user who may run the server: the end of its input is the end of the tests.</summary>
    private const string Script = """
        folder=$(mktemp -d /tmp/musicrec-postgres-XXXXXX) || exit 1
        trap 'rm -rf "$folder"' EXIT
        "$1/initdb" -D "$folder/data" -U postgres --auth=trust --encoding=UTF8 --locale=C.UTF-8 --locale-provider=icu --icu-locale=ko --no-sync >&2 || exit 1
        start() {
            "$1/postgres" -D "$folder/data" -k "$folder" -c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off \
                -c max_connections=300 -c log_min_messages=fatal >&2 </dev/null &
        }
        stop() { kill -INT $!; wait $!; }
        start "$1"
        echo "$folder"
        while read -r word; do
            case $word in
                stop) stop; echo stopped ;;
                start) start "$1" ;;
            esac
        done
        stop
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly Lazy<Task<PostgresServer?>> Started = new(StartAsync);

    // Kept, because its input must stay open.
    private readonly Process _process;
    private readonly string _folder;

    private PostgresServer(Process process, string folder) => (_process, _folder) = (process, folder);

    /// <summary>The server; skips or fails the test that asks if there is none.</summary>
    public static async Task<PostgresServer> GetAsync()
    {
        if (await Started.Value is { } server)
        {
            return server;
        }

        const string Missing = "PostgreSQL's server is not installed (Debian: apt install postgresql).";
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail(Missing);
        }

        Assert.Skip(Missing);
        throw new InvalidOperationException(Missing);
    }

    public string ConnectionString(string database) => $"Host={_folder};Username=postgres;Database={database};Maximum Pool Size=20";

    /// <summary>A server that only the caller uses.</summary>
    public static async Task<PostgresServer> StartOwnAsync()
    {
        await GetAsync();
        return (await StartAsync())!;
    }

    /// <summary>Stops the server as its administrator does, cutting all connections off.</summary>
    public async Task StopAsync()
    {
        await _process.StandardInput.WriteLineAsync("stop");
        await _process.StandardOutput.ReadLineAsync();
    }

    /// <summary>Starts the server that was stopped, on the same files.</summary>
    public async Task StartAgainAsync()
    {
        await _process.StandardInput.WriteLineAsync("start");
        await WaitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>Runs a statement about databases.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<PostgresServer?> StartAsync()
    {
        if (FindPrograms() is not { } programs)
        {
            return null;
        }

        // The server refuses to run as root.
        string[] user = Environment.UserName == "root" ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] : [];
        string[] command = [.. user, "sh", "-c", Script, "sh", programs];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/tmp",
        };
        var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        if (await process.StandardOutput.ReadLineAsync() is not { Length: > 0 } folder)
        {
            throw new InvalidOperationException($"PostgreSQL did not start: {await errors}");
        }

        var server = new PostgresServer(process, folder);
        await server.WaitAsync();
        return server;
    }

    private async Task WaitAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                await ExecuteAsync("SELECT 1");
                return;
            }
            catch (NpgsqlException) when (!_process.HasExited && !patience.IsCancellationRequested)
            {
                await Task.Delay(50);
            }
        }
    }

    private static string? FindPrograms() =>
        (Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(Path.GetFileName, NumericOrder).Select(folder => Path.Combine(folder, "bin"))
            : [])
        .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'))
        .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")));

    private static readonly StringComparer NumericOrder =
        StringComparer.Create(System.Globalization.CultureInfo.InvariantCulture, System.Globalization.CompareOptions.NumericOrdering);
}
