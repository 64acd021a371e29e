using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using MusicRec.Audio.Spectra;

namespace MusicRec.Audio.Tests;

public sealed class ArchitectureTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Assembly Product = typeof(SongAnalyzer).Assembly;

    [Fact]
    public void Product_References_AreTheRuntimeOnly() => Assert.All(
        Product.GetReferencedAssemblies(),
        reference => Assert.StartsWith("System.", reference.Name, StringComparison.Ordinal));

    /// <summary>
    /// One transform per song: features share the spectrogram. Nobody outside can call it, the type is internal and the
    /// programs are no friends. Samples that were changed before go the same way.
    /// </summary>
    [Fact]
    public void Stft_ComputeBlock_IsCalledFromOnePlace()
    {
        Assert.Equal(["AnalysisWorkspace.TransformBlocks"], CallersOf(typeof(Stft).GetMethod(nameof(Stft.ComputeBlock))!));
        Assert.Equal(["Stft.Transform"], CallersOf(typeof(RealFft<>).GetMethod("Transform")!).Distinct());
        Assert.False(typeof(Stft).IsVisible);
        Assert.Equal(
            ["MusicRec.Audio.Tests", "MusicRec.Benchmarks"],
            Product.GetCustomAttributes<InternalsVisibleToAttribute>().Select(friend => friend.AssemblyName).Order());
    }

    [Fact]
    public void SongAnalyzer_Samples_AreDecodedInOnePlace() =>
        Assert.Equal(["AudioDecoder.ReadMono"], CallersOf(Product.GetType("MusicRec.Audio.Decoding.WavReader")!.GetMethod("ReadMono")!));

    private static string[] CallersOf(MethodInfo callee) =>
    [
        .. from type in Product.GetTypes()
           from method in type.GetMethods(Declared).Concat<MethodBase>(type.GetConstructors(Declared))
           from call in Enumerable.Range(0, CountCalls(method, callee))
           select $"{type.Name}.{method.Name}",
    ];

    /// <summary>
    /// Looks for call, callvirt and ldftn (delegates) with the token of the method, without decoding the instructions
    /// between: other operands that look like it would fail the test, never pass it.
    /// </summary>
    private static int CountCalls(MethodBase caller, MethodInfo callee)
    {
        var il = caller.GetMethodBody()?.GetILAsByteArray() ?? [];
        byte[] opcodes = [(byte)OpCodes.Call.Value, (byte)OpCodes.Callvirt.Value, (byte)OpCodes.Ldftn.Value];
        return Enumerable.Range(0, Math.Max(0, il.Length - 4)).Count(i =>
            opcodes.Contains(il[i]) && IsTokenOf(BinaryPrimitives.ReadInt32LittleEndian(il.AsSpan(i + 1)), caller, callee));
    }

    /// <summary>A generic method, or one of a generic type, is called by the token of what it was made into, which leads back to it.</summary>
    private static bool IsTokenOf(int token, MethodBase caller, MethodInfo callee)
    {
        const int MethodSpecification = 0x2B;
        if (token >> 24 != MethodSpecification)
        {
            return token == callee.MetadataToken;
        }

        try
        {
            var typeArguments = caller.DeclaringType!.GetGenericArguments();
            var methodArguments = caller.IsGenericMethod ? caller.GetGenericArguments() : [];
            var called = Product.ManifestModule.ResolveMethod(token, typeArguments, methodArguments)!;
            return called.MetadataToken == callee.MetadataToken && called.Module == callee.Module;
        }
        catch (ArgumentException)
        {
            return false; // No token but another operand.
        }
    }
}
