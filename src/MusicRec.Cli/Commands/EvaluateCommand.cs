using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using MusicRec.Catalog.Similarity.Quality;
using MusicRec.Genres.Evaluation;
using MusicRec.Genres.Evaluation.Page;
using MusicRec.Genres.Training;

namespace MusicRec.Cli.Commands;

internal static class EvaluateCommand
{
    private static readonly Argument<string> Data = new("data.csv") { Description = "The table of songs, features and genres; any numeric columns." };
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
    private static readonly Option<string> Out = new("--out") { Description = "The folder for index.html and report.json.", Required = true };

    public static Command Create()
    {
        var command = new Command("evaluate", "Compare ways to learn genres on the same songs, with intervals and a leak check; writes a report.")
        {
            Data, Groups, Split, FoldCount, Repeats, Seed, AllowLeaks, Out,
        };
        command.SetAction((arguments, cancellationToken) => Task.Run(() => Run(arguments, cancellationToken), cancellationToken));
        return command;
    }

    private static int Run(ParseResult arguments, CancellationToken cancellationToken)
    {
        var folder = arguments.GetRequiredValue(Out);
        Directory.CreateDirectory(folder);
        var path = arguments.GetRequiredValue(Data);
        var dataset = Dataset.Read(path);
        var design = DesignOf(arguments, dataset);
        RefuseLeaks(arguments, design);

        var report = Compare(arguments, design, dataset, Path.GetFileName(path), cancellationToken);
        File.WriteAllText(Path.Combine(folder, "report.json"), report.ToJson());
        File.WriteAllText(Path.Combine(folder, "index.html"), EvaluationPage.Write(report));
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

    private static EvaluationReport Compare(
        ParseResult arguments, EvaluationDesign design, Dataset dataset, string name, CancellationToken cancellationToken)
    {
        using var line = new ProgressLine(arguments.InvocationConfiguration.Error);
        var progress = new DirectProgress<EvaluationProgress>(state =>
            line.Report(state.Done == state.Total, $"fitted {state.Done}/{state.Total}"));
        var report = ModelComparison.Run(design, dataset, name, CommandLine(arguments), progress, cancellationToken);
        return report with { Rankings = Rankings(design.Songs, cancellationToken) };
    }

    /// <summary>Recommendations among all songs, as the site makes them.</summary>
    private static IReadOnlyList<RankingQuality> Rankings(IReadOnlyList<EvaluationSong> songs, CancellationToken cancellationToken) => songs.Count < 3
        ? []
        : RankingComparison.Measure(
            [.. songs.Select(song => song.Values.ToArray())], [.. songs.Select(song => song.Label)], [.. songs.Select(song => song.Artist)], cancellationToken);

    /// <summary>The command as a shell takes it.</summary>
    private static string CommandLine(ParseResult arguments) =>
        string.Join(' ', ["musicrec", .. arguments.Tokens.Select(token => Quote(token.Value))]);

    private static string Quote(string word) =>
        word.All(character => char.IsLetterOrDigit(character) || "-_./,=:".Contains(character, StringComparison.Ordinal))
            ? word
            : new StringBuilder("'").Append(word.Replace("'", "'\\''", StringComparison.Ordinal)).Append('\'').ToString();

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
