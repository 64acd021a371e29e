using System.CommandLine;
using MusicRec.Cli.Benchmarks;

namespace MusicRec.Cli.Commands;

internal static class BenchCommand
{
    private static readonly BenchSection[] Sections = [new AnalysisBench(), new BatchBench(), new ClassifierBench(), new RankingBench(), new CatalogBench(), new ServerBench()];

    public static Command Create()
    {
        var command = new Command("bench", "Measure this machine: all sections, or the one named. Times are the median and the best of many repeats.");
        foreach (var section in Sections)
        {
            command.Subcommands.Add(section.Create());
        }

        foreach (var option in Sections.SelectMany(section => section.Options).Distinct())
        {
            command.Options.Add(option);
        }

        command.SetAction(RunAllAsync);
        return command;
    }

    private static async Task RunAllAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        Machine.Write(arguments.InvocationConfiguration.Output);
        foreach (var section in Sections)
        {
            await section.RunAsync(arguments, cancellationToken);
        }
    }
}
