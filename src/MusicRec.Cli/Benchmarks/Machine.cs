using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MusicRec.Cli.Benchmarks;

/// <summary>What the numbers were measured on.</summary>
internal static class Machine
{
    public static void Write(TextWriter output) => output.WriteLine(
        $"machine: {Processor()}, {Environment.ProcessorCount} cores{Instructions()}; {RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription}");

    private static string Instructions() => Vector512.IsHardwareAccelerated ? ", AVX-512" : Avx2.IsSupported ? ", AVX2" : "";

    /// <summary>The name Linux knows; elsewhere the architecture.</summary>
    private static string Processor()
    {
        const string CpuInfo = "/proc/cpuinfo";
        var model = File.Exists(CpuInfo) ? File.ReadLines(CpuInfo).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        return model?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
