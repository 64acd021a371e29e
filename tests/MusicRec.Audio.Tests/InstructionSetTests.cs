using System.Diagnostics;

namespace MusicRec.Audio.Tests;

/// <summary>
/// The kernels on processors without the instructions this one has: the runtime is told to do without them in a process
/// of its own, and the tests of every stage run there against the same expected numbers and tolerances.
/// </summary>
public sealed class InstructionSetTests
{
    private static readonly string[] Stages =
        ["*Golden.FrameTests", "*Golden.ResamplerTests", "*RealFftTests", "*SampleFormatTests", "*TuningTests", "*TempoTests", "*LanesTests"];

    [Theory]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public async Task Stages_WithoutInstructions_EqualTheSameNumbers(string switchedOff)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(typeof(InstructionSetTests).Assembly.Location);
        start.ArgumentList.Add("--filter-class");
        foreach (var stage in Stages)
        {
            start.ArgumentList.Add(stage);
        }

        start.Environment[switchedOff] = "0";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.True(process.ExitCode == 0, output + await errors);
        Assert.Contains("failed: 0", output, StringComparison.Ordinal);
    }
}
