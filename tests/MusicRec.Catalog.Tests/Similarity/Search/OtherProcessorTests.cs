using System.Diagnostics;

namespace MusicRec.Catalog.Tests.Similarity.Search;

/// <summary>The same answers where the processor knows less than this one: in a process that is told so.</summary>
public sealed class OtherProcessorTests
{
    [Theory]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public async Task Search_InstructionsSwitchedOff_GivesTheSameAnswers(string instructions)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { [instructions] = "0" },
        };
        start.ArgumentList.Add(typeof(OtherProcessorTests).Assembly.Location);
        start.ArgumentList.Add("--filter-class");
        start.ArgumentList.Add(typeof(FixedAnswersTests).FullName!);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 0, await output + await error);
    }
}
