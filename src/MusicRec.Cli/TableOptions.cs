using System.CommandLine;

namespace MusicRec.Cli;

/// <summary>What commands that write features have in common.</summary>
internal static class TableOptions
{
    /// <summary>By default the 26 columns that the field knows.</summary>
    public static Option<bool> Deviations() => new("--deviations")
    {
        Description = "Beside the 26 means also the 26 standard deviations (in a table, columns like mfcc1_std): a model learns genres better from both.",
    };
}
