using System.CommandLine;
using System.CommandLine.Parsing;
using MusicRec.Genres.Evaluation;
using MusicRec.Genres.Training;

namespace MusicRec.Cli.Commands;

internal static class EvaluateCommand
{
    private static readonly Argument<string> Data = new("data.csv") { Description = "The table of songs, features and genres; any numeric columns. With --retrieval: a folder of songs." };
    private static readonly Option<string?> Groups = new("--groups") { Description = "Who made which song: 'filename,artist' as CSV, or lines 'name.wav ::: artist ::: title' [default: names like artist_title.wav]." };
    private static readonly Option<string[]?> Split = new("--split")
    {
        Description = "A fixed division instead of folds: two lists, train.txt,test.txt, one file name a line.",
        CustomParser = argument => SplitOf(argument),
    };

    private static readonly Option<int> FoldCount = Numbers.Whole("--folds", "Parts of the cross-validation.", 10, least: 2, most: 1000);
    private static readonly Option<int> Repeats = Numbers.Whole("--repeats", "Repetitions of the cross-validation.", 3, most: 1000);
    private static readonly Option<int> Seed = Numbers.Whole("--seed", "Decides folds, weights and draws.", 1, least: 0);
    private static readonly Option<bool> AllowLeaks = new("--allow-leaks") { Description = "Go on although songs or artists are in training and test, and say so." };
    private static readonly Option<bool> Retrieval = new("--retrieval") { Description = "Measure instead how well songs find their like, and themselves in worse copies, in a folder of songs." };
    private static readonly Option<string?> Songs = new("--songs") { Description = "With --retrieval: 'file,genre,artist,album' as CSV, any but the file may be empty [default: the first folder is the album]." };
    private static readonly Option<string[]> Embedding = new("--embedding") { Description = "With --retrieval: another embedding (ONNX) to measure beside the bundled one, alone and with the features.", DefaultValueFactory = _ => [] };
    private static readonly Option<string> Out = new("--out") { Description = "The folder for index.html and report.json.", Required = true };

    public static Command Create()
    {
        var command = new Command("evaluate", "Compare ways to learn genres on the same songs, with intervals and a leak check; writes a report.")
        {
            Data, Groups, Split, FoldCount, Repeats, Seed, AllowLeaks, Retrieval, Songs, Embedding, Out,
        };
        command.Validators.Add(result =>
        {
            var retrieval = result.GetValue(Retrieval);
            Option[] strange = retrieval ? [Groups, Split, FoldCount, Repeats, AllowLeaks] : [Songs, Embedding];
            foreach (var option in strange.Where(option => result.GetResult(option) is { Implicit: false }))
            {
                result.AddError($"{option.Name} says nothing {(retrieval ? "with" : "without")} --retrieval.");
            }
        });
        command.SetAction((arguments, cancellationToken) => Task.Run(() => Run(arguments, cancellationToken), cancellationToken));
        return command;
    }

    private static int Run(ParseResult arguments, CancellationToken cancellationToken)
    {
        var folder = arguments.GetRequiredValue(Out);
        Directory.CreateDirectory(folder);
        var path = arguments.GetRequiredValue(Data);
        if (arguments.GetValue(Retrieval))
        {
            return RetrievalRun.Run(
                path, arguments.GetValue(Songs), arguments.GetRequiredValue(Embedding), arguments.GetValue(Seed), folder,
                EvaluationRun.CommandLine(arguments), arguments.InvocationConfiguration, cancellationToken);
        }

        var dataset = Dataset.Read(path);
        var design = DesignOf(arguments, dataset);
        RefuseLeaks(arguments, design);

        var report = EvaluationRun.WithProgress(arguments.InvocationConfiguration.Error, progress => ModelComparison.Run(
            design, dataset, Path.GetFileName(path), EvaluationRun.CommandLine(arguments), progress, cancellationToken));
        report = report with { Rankings = EvaluationRun.Rankings(design, cancellationToken) };
        EvaluationRun.Write(folder, report);
        EvaluationSummary.Write(arguments.InvocationConfiguration.Output, report);
        arguments.InvocationConfiguration.Output.WriteLine($"written: {Path.Combine(folder, "index.html")} and report.json");
        return 0;
    }

    private static EvaluationDesign DesignOf(ParseResult arguments, Dataset dataset)
    {
        var facts = arguments.GetValue(Groups) is { } groups ? SongLists.ReadArtists(groups) : null;
        var (columns, songs) = SongLists.SongsOf(dataset, facts);
        var seed = arguments.GetValue(Seed);
        return arguments.GetValue(Split) is [var training, var test]
            ? EvaluationDesign.FixedSplit(columns, songs, SongLists.ReadSplit(training), SongLists.ReadSplit(test), seed)
            : EvaluationDesign.CrossValidation(columns, songs, arguments.GetValue(FoldCount), arguments.GetValue(Repeats), seed);
    }

    private static void RefuseLeaks(ParseResult arguments, EvaluationDesign design)
    {
        var leaks = LeakCheck.Find(design.Songs, design.Folds);
        if (leaks.Count > 0 && !arguments.GetValue(AllowLeaks))
        {
            var pair = leaks[0].Examples[0];
            throw new CommandException(
                $"The numbers would be too good: {Headlines.Describe(leaks)}, for example {pair.Test} and {pair.Training}. "
                + "Name the artists by --groups, take songs out, or go on with --allow-leaks.");
        }
    }

    private static string[]? SplitOf(ArgumentResult argument)
    {
        var lists = argument.Tokens[0].Value.Split(',');
        if (lists.Length == 2 && lists.All(list => list.Length > 0))
        {
            return lists;
        }

        argument.AddError($"--split: '{argument.Tokens[0].Value}' is not two files with a comma between.");
        return null;
    }
}
