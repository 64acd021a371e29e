using System.Globalization;

namespace MusicRec.Genres.Evaluation;

/// <summary>The songs of an evaluation and how they are divided.</summary>
/// <param name="Columns">Names of the features.</param>
/// <param name="Songs">The songs.</param>
/// <param name="Folds">Row numbers into <paramref name="Songs"/>.</param>
/// <param name="Seed">Decides everything that is drawn.</param>
/// <param name="Description">How the songs are divided, in English.</param>
public sealed record EvaluationDesign(
    IReadOnlyList<string> Columns, IReadOnlyList<EvaluationSong> Songs, IReadOnlyList<Fold> Folds, int Seed, string Description)
{
    private const int NamesInMessage = 3;
    private const string DeviationSuffix = "_std";

    /// <summary>The genres, in the order used everywhere.</summary>
    public IReadOnlyList<string> Labels { get; } = LabelsOf(Songs);

    /// <summary>Index into <see cref="Labels"/> of each song.</summary>
    public IReadOnlyList<int> Targets { get; } = TargetsOf(Songs, LabelsOf(Songs));

    /// <summary>Group of each song, see <see cref="SongGroups"/>.</summary>
    public IReadOnlyList<int> Groups { get; } = SongGroups.Of(Songs);

    /// <summary>Whether columns say how much features vary within a song (their names end in <c>_std</c>), beside others that do not.</summary>
    public bool HasDeviations => Columns.Any(IsDeviation) && !Columns.All(IsDeviation);

    /// <summary>Mean size of a test part over that of a training part.</summary>
    internal double TestToTraining => Folds.Average(fold => (double)fold.Test.Count / fold.Training.Count);

    /// <summary>Repeated stratified k-fold cross-validation, grouped by artist where artists are known.</summary>
    /// <exception cref="InvalidDataException">There are too few songs, genres or artists.</exception>
    public static EvaluationDesign CrossValidation(
        IReadOnlyList<string> columns, IReadOnlyList<EvaluationSong> songs, int folds, int repeats, int seed)
    {
        RequireGenres(songs);
        var groups = SongGroups.Of(songs);
        var made = Evaluation.Folds.Make(TargetsOf(songs, LabelsOf(songs)), groups, folds, repeats, seed);
        var grouping = songs.All(song => song.Artist is null)
            ? "not grouped: no artist is known"
            : string.Create(CultureInfo.InvariantCulture, $"{groups.Distinct().Count()} groups: songs of an artist and copies of a recording stay together");
        return new EvaluationDesign(
            columns, songs, made, seed,
            string.Create(CultureInfo.InvariantCulture, $"stratified {folds}-fold cross-validation, {repeats} repetition(s), {grouping}"));
    }

    /// <summary>A division that others made; songs in neither list are left out.</summary>
    /// <param name="columns">Names of the features.</param>
    /// <param name="songs">The songs.</param>
    /// <param name="training">Keys of the songs to fit to.</param>
    /// <param name="test">Keys of the songs to measure on.</param>
    /// <param name="seed">Decides everything that is drawn.</param>
    /// <exception cref="InvalidDataException">A listed song is not in the table, or there are too few genres.</exception>
    public static EvaluationDesign FixedSplit(
        IReadOnlyList<string> columns, IReadOnlyList<EvaluationSong> songs, IReadOnlyList<string> training, IReadOnlyList<string> test, int seed)
    {
        RequireListed(songs, [.. training, .. test]);
        var (inTraining, inTest) = (training.ToHashSet(StringComparer.Ordinal), test.ToHashSet(StringComparer.Ordinal));
        var used = songs.Where(song => inTraining.Contains(song.Key) || inTest.Contains(song.Key)).ToArray();
        RequireGenres(used);
        var rows = Enumerable.Range(0, used.Length);
        var fold = new Fold(0, [.. rows.Where(i => inTraining.Contains(used[i].Key))], [.. rows.Where(i => inTest.Contains(used[i].Key))]);
        return new EvaluationDesign(
            columns, used, [fold], seed,
            string.Create(CultureInfo.InvariantCulture, $"one fixed split, {fold.Training.Count} songs to fit to, {fold.Test.Count} to measure on"));
    }

    /// <summary>The same songs and folds without the columns of deviations, if there are any.</summary>
    public EvaluationDesign MeansOnly() => !HasDeviations ? this : this with
    {
        Columns = [.. Columns.Where(column => !IsDeviation(column))],
        Songs = [.. Songs.Select(song => song with { Values = MeansOf(song.Values) })],
    };

    /// <summary>A row of these columns without its deviations.</summary>
    internal ReadOnlyMemory<double> MeansOf(ReadOnlyMemory<double> row) =>
        HasDeviations ? Columns.Index().Where(column => !IsDeviation(column.Item)).Select(column => row.Span[column.Index]).ToArray() : row;

    private static bool IsDeviation(string column) => column.EndsWith(DeviationSuffix, StringComparison.Ordinal);

    private static IReadOnlyList<string> LabelsOf(IReadOnlyList<EvaluationSong> songs) => Genre.Order(songs.Select(song => song.Label));

    private static int[] TargetsOf(IReadOnlyList<EvaluationSong> songs, IReadOnlyList<string> labels)
    {
        var indices = labels.Select((label, index) => (label, index)).ToDictionary(pair => pair.label, pair => pair.index, StringComparer.Ordinal);
        return [.. songs.Select(song => indices[song.Label])];
    }

    private static void RequireGenres(IReadOnlyList<EvaluationSong> songs)
    {
        var labels = LabelsOf(songs);
        if (labels.Count < 2)
        {
            throw new InvalidDataException($"The songs have {labels.Count} genre(s); an evaluation needs at least 2.");
        }
    }

    private static void RequireListed(IReadOnlyList<EvaluationSong> songs, IReadOnlyList<string> keys)
    {
        var known = songs.Select(song => song.Key).ToHashSet(StringComparer.Ordinal);
        var missing = keys.Where(key => !known.Contains(key)).ToArray();
        if (missing.Length > 0)
        {
            throw new InvalidDataException(
                $"{missing.Length} song(s) of the split are not in the table, or have no genre there: {string.Join(", ", missing.Take(NamesInMessage))}{(missing.Length > NamesInMessage ? ", ..." : "")}.");
        }
    }
}
