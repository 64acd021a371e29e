using System.Diagnostics;

namespace MusicRec.Web.Tests.Hosting;

public sealed class StartTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("musicrec-start-");

    [Theory]
    [InlineData("Upload:MaxBytes", "5")]
    [InlineData("Upload:MaxBytes", "many")]
    [InlineData("Catalog:Provider", "Oracle")]
    [InlineData("Storage:LeastFreeBytes", "half")]
    [InlineData("Telemetry:Prometheus", "too short")]
    [InlineData("Admin:Email", "admin@example.com")]
    [InlineData("Admin:Password", "short")]
    [InlineData("Storage:Path", "/dev/null/data")]
    public async Task Start_BadSetting_EndsWithOneLine(string key, string value)
    {
        var settings = new Dictionary<string, string> { ["Storage:Path"] = _folder.FullName, [key] = value };
        if (key == "Admin:Password")
        {
            settings["Admin:Email"] = "admin@example.com";
        }

        var (exitCode, errors) = await RunAsync(settings);

        Assert.Equal(1, exitCode);
        Assert.StartsWith("MusicRec cannot start.", Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Database=musicrec;Password=secret")]
    [InlineData("Host=127.0.0.1")]
    [InlineData("")]
    public async Task Start_PostgresCannotBeReached_EndsWithOneLine(string connectionString)
    {
        var (exitCode, errors) = await RunAsync(new()
        {
            ["Storage:Path"] = _folder.FullName,
            ["Catalog:Provider"] = "PostgreSql",
            ["Catalog:ConnectionString"] = connectionString,
        });

        Assert.Equal(1, exitCode);
        Assert.StartsWith("MusicRec cannot start.", Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", errors, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task<(int ExitCode, string Errors)> RunAsync(Dictionary<string, string> settings)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true, RedirectStandardOutput = true };
        start.ArgumentList.Add(typeof(Program).Assembly.Location);
        start.ArgumentList.Add("--urls=http://127.0.0.1:0");
        start.ArgumentList.Add("--Demo:Enabled=false");
        foreach (var (key, value) in settings)
        {
            start.ArgumentList.Add($"--{key}={value}");
        }

        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var kill = patience.Token.Register(process.Kill);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await output;
        await process.WaitForExitAsync();
        return (process.ExitCode, errors);
    }
}
