using System.CommandLine;

namespace MusicRec.Cli.Benchmarks;

/// <summary>A part of <c>musicrec bench</c>: a command of its own, and one after the other when none is named.</summary>
internal abstract class BenchSection(string name, string description, params Option[] options)
{
    /// <summary>The same for all sections that repeat.</summary>
    protected static readonly Option<int> Repeat = Numbers.Whole("--repeat", "Repeats of each measurement.", 20, most: 100_000);

    /// <summary>What the section can be told; names are shared between sections only if they mean the same.</summary>
    public IReadOnlyList<Option> Options { get; } = options;

    public Command Create()
    {
        var command = new Command(name, description);
        foreach (var option in Options)
        {
            command.Options.Add(option);
        }

        command.SetAction(async (arguments, cancellationToken) =>
        {
            Machine.Write(arguments.InvocationConfiguration.Output);
            await RunAsync(arguments, cancellationToken);
        });
        return command;
    }

    /// <summary>Measures and writes a table.</summary>
    public abstract Task RunAsync(ParseResult arguments, CancellationToken cancellationToken);
}
