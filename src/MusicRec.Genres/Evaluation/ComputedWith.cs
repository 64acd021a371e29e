using System.Reflection;
using System.Runtime.InteropServices;
using MathNet.Numerics.Distributions;
using Microsoft.ML;
using Microsoft.ML.Trainers.LightGbm;

namespace MusicRec.Genres.Evaluation;

/// <summary>What an evaluation was computed with.</summary>
internal static class ComputedWith
{
    /// <summary>Name and version of what decides the numbers.</summary>
    public static IReadOnlyDictionary<string, string> Versions() => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["MusicRec"] = Of(typeof(ComputedWith)),
        [".NET"] = Environment.Version.ToString(),
        ["MathNet.Numerics"] = Of(typeof(StudentT)),
        ["Microsoft.ML"] = Of(typeof(MLContext)),
        ["Microsoft.ML.LightGbm"] = Of(typeof(LightGbmMulticlassTrainer)),
        ["Processor"] = RuntimeInformation.ProcessArchitecture.ToString(),
    };

    /// <summary>The version without the source revision behind the plus sign.</summary>
    private static string Of(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
