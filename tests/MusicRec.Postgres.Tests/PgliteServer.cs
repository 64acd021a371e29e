using System.Diagnostics;

namespace MusicRec.Postgres.Tests;

/// <summary>
/// PostgreSQL with pgvector, compiled to WebAssembly and run by Node (PGlite): Debian 12 has no package of pgvector. One engine that does one thing at a
/// time, for all connections together: good for what statements answer, not for how they get on with each other. <c>tests/run</c> installs it;
/// where it is not installed its tests are skipped, and fail with CI=true.
/// </summary>
internal static class PgliteServer
{
    /// <summary>The end of its input is the end of the tests.</summary>
    private const string Script = """
        import { PGlite } from '@electric-sql/pglite';
        import { vector } from '@electric-sql/pglite-pgvector';
        import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
        const db = await PGlite.create({ extensions: { vector } });
        await new PGLiteSocketServer({ db, path: process.argv[1] + '/.s.PGSQL.5432', maxConnections: 20 }).start();
        console.log('ready');
        process.stdin.on('end', () => process.exit()).resume();
        """;

    private static readonly Lazy<Task<string?>> Started = new(StartAsync);

    // Kept, because its input must stay open.
    private static Process? _process;

    /// <summary>The connection string of its database; skips or fails the test that asks if there is none.</summary>
    public static async Task<string> GetAsync()
    {
        if (await Started.Value is { } folder)
        {
            // What one connection resets would be reset for all.
            return $"Host={folder};Username=postgres;Database=postgres;SSL Mode=Disable;Maximum Pool Size=5;No Reset On Close=true";
        }

        const string Missing = "PGlite is not installed (tests/run does, where there is npm).";
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail(Missing);
        }

        Assert.Skip(Missing);
        throw new InvalidOperationException(Missing);
    }

    private static async Task<string?> StartAsync()
    {
        var modules = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "obj", "pglite"));
        if (!Directory.Exists(Path.Combine(modules, "node_modules")))
        {
            return null;
        }

        var folder = Directory.CreateTempSubdirectory("musicrec-pglite-").FullName;
        _process = Process.Start(new ProcessStartInfo("node", ["--input-type=module", "--eval", Script, "--", folder])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = modules,
        })!;
        var errors = _process.StandardError.ReadToEndAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return await _process.StandardOutput.ReadLineAsync() == "ready" ? folder : throw new InvalidOperationException($"PGlite did not start: {await errors}");
    }
}
