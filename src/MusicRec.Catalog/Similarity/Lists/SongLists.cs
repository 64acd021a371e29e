using Microsoft.EntityFrameworkCore;
using MusicRec.Catalog.Uploads;
using MusicRec.Genres;

namespace MusicRec.Catalog.Similarity.Lists;

/// <summary>What a list is to be like.</summary>
/// <param name="Like">Songs it is like; those that are not in the catalog are passed over.</param>
/// <param name="Unlike">Songs it is less like.</param>
/// <param name="Upload">A visitor's song it is like, or null.</param>
/// <param name="Rules">What it may hold.</param>
public sealed record ListQuestion(IReadOnlyList<Guid> Like, IReadOnlyList<Guid> Unlike, Upload? Upload, ListRules Rules);

/// <summary>A list.</summary>
/// <param name="Songs">
/// Best first. In a list that is like songs, the similarity is that to the middle of these, away from those it is unlike; on a path, that to the
/// song before. Each is explained as what it is; the first song of a path is not.
/// </param>
/// <param name="Shortage">Why there are fewer songs than asked for; null if there are not.</param>
public sealed record SongList(IReadOnlyList<SimilarSong> Songs, ListShortage? Shortage);

/// <summary>What the rules of a list can be chosen from.</summary>
/// <param name="Genres">Labels that songs have.</param>
/// <param name="Decades">First years of the decades that songs are of, ascending.</param>
public sealed record ListChoices(IReadOnlyList<string> Genres, IReadOnlyList<int> Decades);

/// <summary>Makes lists of songs by rules. The same question to the same catalog has the same answer.</summary>
public sealed class SongLists(IDbContextFactory<CatalogContext> contexts, LiveIndex index, FactTable table)
{
    /// <summary>Songs that one list can be like and unlike, together.</summary>
    public const int MostSeeds = 20;

    // Songs that were deleted after the index was built are noticed when the list is read, and others picked in their place.
    private const int MostTries = 20;

    private KnownChoices? _choices;

    /// <summary>The songs most like others, best first by the chosen ranking, ties by id; never those it is asked about.</summary>
    public async Task<SongList> MakeAsync(ListQuestion question, CancellationToken cancellationToken)
    {
        if (index.InMemory is not { } live)
        {
            return Nothing(index.IsInMemory ? ListGap.NoIndex : ListGap.NotInMemory);
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var facts = await table.ReadAsync(context, live.Rows, cancellationToken);
        var like = await SeedsAsync(context, live, facts, question.Like, cancellationToken);
        var unlike = await SeedsAsync(context, live, facts, question.Unlike, cancellationToken);
        if (question.Upload is { } upload)
        {
            like.Add(await SeedOfAsync(context, live, upload, cancellationToken));
        }

        if (like.Count + unlike.Count == 0)
        {
            return Nothing(ListGap.NoSeed);
        }

        var unit = live.Vectors.Stretch(SeedBlend.Of(like.ConvertAll(seed => seed.Unit), unlike.ConvertAll(seed => seed.Unit)));
        // As far out as the songs are that it is like: so it has levels to compare those of a song with.
        var length = (like.Count > 0 ? like : unlike).Average(seed => seed.Length);
        var scaled = live.Vectors.ToScaled(unit, length);
        return await UntilAllAreThereAsync(context, live, gone =>
        {
            var picker = new ListPicker(live.Search, facts, question.Rules);
            var leftOut = LeaveOut(picker, [.. like, .. unlike], gone);
            var picks = picker.Pick(unit, question.Rules.Count);
            var shortage = picks.Count < question.Rules.Count ? picker.Explain(leftOut) : null;
            return (picks.ConvertAll(hit => new Pick(hit.Row, hit.Cosine, Explanation.Of(live.Vectors, unit, scaled, live.Vectors.ValuesOf(hit.Row)))), shortage);
        }, cancellationToken);
    }

    /// <summary>
    /// A way from one song to another in even steps, both ends included. Null if one of them is not in the catalog or both are the same;
    /// only the ends if one of them is not in the index.
    /// </summary>
    /// <param name="from">The first song.</param>
    /// <param name="to">The last song.</param>
    /// <param name="rules">How many songs, 2 or more, and what may be between the ends.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<SongList?> FindPathAsync(Guid from, Guid to, ListRules rules, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (from == to || await context.Songs.CountAsync(song => song.Id == from || song.Id == to, cancellationToken) < 2)
        {
            return null;
        }

        if (index.InMemory is not { } live)
        {
            return Nothing(index.IsInMemory ? ListGap.NoIndex : ListGap.NotInMemory);
        }

        var (first, last) = (live.Rows.Find(from), live.Rows.Find(to));
        if (first < 0 || last < 0)
        {
            return Nothing(ListGap.NoSeed);
        }

        var facts = await table.ReadAsync(context, live.Rows, cancellationToken);
        return await UntilAllAreThereAsync(context, live, gone =>
        {
            var picker = new ListPicker(live.Search, facts, rules);
            var leftOut = LeaveOut(picker, [], gone);
            leftOut.Add(first);
            leftOut.Add(last);
            var rows = PathPicker.Pick(live.Search, picker, first, last, rules.Count);
            var picks = rows.Skip(1).Select((row, i) => new Pick(
                row, live.Vectors.Cosine(live.Vectors[rows[i]], row), Explanation.Of(live.Vectors, live.Vectors.ValuesOf(rows[i]), live.Vectors.ValuesOf(row))));
            return ([new Pick(first, 1, null), .. picks], rows.Count < rules.Count ? picker.Explain(leftOut) : null);
        }, cancellationToken);
    }

    /// <summary>What rules can be chosen from.</summary>
    public async Task<ListChoices> ChoicesAsync(CancellationToken cancellationToken)
    {
        if (index.InMemory is not { } live)
        {
            return new ListChoices([], []);
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var facts = await table.ReadAsync(context, live.Rows, cancellationToken);
        var known = _choices;
        if (known?.Facts != facts)
        {
            _choices = known = new KnownChoices(facts, ChoicesOf(facts));
        }

        return known.Choices;
    }

    private static ListChoices ChoicesOf(SongFacts[] facts)
    {
        var (genres, decades) = (new HashSet<string>(), new SortedSet<int>());
        foreach (var song in facts)
        {
            if (song.Genre is { } genre)
            {
                genres.Add(genre);
            }

            if (song.Year > 0)
            {
                decades.Add(song.Year - (song.Year % 10));
            }
        }

        return new ListChoices(Genre.Order(genres), [.. decades]);
    }

    private static SongList Nothing(ListGap gap) => new([], new ListShortage(gap));

    private static HashSet<int> LeaveOut(ListPicker picker, IReadOnlyList<Seed> seeds, IReadOnlySet<int> gone)
    {
        var leftOut = seeds.SelectMany(seed => seed.Rows).Concat(gone).ToHashSet();
        foreach (var row in leftOut)
        {
            picker.LeaveOut(row);
        }

        foreach (var seed in seeds)
        {
            picker.Know(seed.Facts, seed.Unit);
        }

        return leftOut;
    }

    /// <summary>Reads the picked songs; if some are gone or could not be analysed anew, picks again without them.</summary>
    private static async Task<SongList> UntilAllAreThereAsync(
        CatalogContext context, MemoryIndex live, Func<IReadOnlySet<int>, (IReadOnlyList<Pick> Picks, ListShortage? Shortage)> pick,
        CancellationToken cancellationToken)
    {
        var gone = new HashSet<int>();
        for (var tries = 1; ; tries++)
        {
            var (picks, shortage) = pick(gone);
            var ids = picks.Select(picked => live.Rows.Ids[picked.Row]).ToList();
            var songs = await context.Songs.AsNoTracking()
                .Where(song => ids.Contains(song.Id) && song.Status != SongStatus.Failed)
                .ToDictionaryAsync(song => song.Id, cancellationToken);
            if (songs.Count == picks.Count || tries == MostTries)
            {
                var there = picks.Where(picked => songs.ContainsKey(live.Rows.Ids[picked.Row]));
                return new SongList([.. there.Select(picked => new SimilarSong(songs[live.Rows.Ids[picked.Row]], picked.Similarity, picked.Why))], shortage);
            }

            gone.UnionWith(ids.Where(id => !songs.ContainsKey(id)).Select(live.Rows.Find));
        }
    }

    /// <summary>The named songs that can be compared, also those analysed after the index was built.</summary>
    private static async Task<List<Seed>> SeedsAsync(
        CatalogContext context, MemoryIndex live, SongFacts[] facts, IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        var seeds = new List<Seed>();
        foreach (var id in ids.Distinct())
        {
            if (live.Rows.Find(id) is >= 0 and var row)
            {
                seeds.Add(SeedOf(live, [row], facts[row], live.Vectors.ValuesOf(row)));
            }
            else if (await live.FindNumbersAsync(context, id, cancellationToken) is { } numbers)
            {
                var song = await context.Songs.AsNoTracking().SingleAsync(song => song.Id == id, cancellationToken);
                seeds.Add(SeedOf(live, [], SongFacts.Of(song), numbers));
            }
        }

        return seeds;
    }

    /// <summary>An upload; the catalog song with the same bytes is the asked song itself.</summary>
    private static async Task<Seed> SeedOfAsync(CatalogContext context, MemoryIndex live, Upload upload, CancellationToken cancellationToken)
    {
        var same = await context.Songs.AsNoTracking().Where(song => song.Sha256 == upload.Sha256).Select(song => song.Id).ToListAsync(cancellationToken);
        var facts = SongFacts.Unknown with { Tempo = (float)upload.Tempo, Seconds = (float)upload.Seconds };
        return SeedOf(live, [.. same.Select(live.Rows.Find).Where(row => row >= 0)], facts, live.NumbersOf(upload.Features, upload.FeatureVersion));
    }

    private static Seed SeedOf(MemoryIndex live, IReadOnlyList<int> rows, SongFacts facts, double[] numbers) =>
        new(rows, facts, live.Vectors.ToQuestion(numbers), live.Vectors.LengthOf(live.Vectors.Complete(numbers)));

    /// <summary>A song that a list is like or unlike.</summary>
    /// <param name="Rows">Rows of the index that are this very song, at most one.</param>
    /// <param name="Facts">For its versions.</param>
    /// <param name="Unit">Scaled, as <see cref="UnitVectors.ToQuestion"/> gives it.</param>
    /// <param name="Length">How far it is from the middle of the catalog.</param>
    private sealed record Seed(IReadOnlyList<int> Rows, SongFacts Facts, double[] Unit, double Length);

    /// <summary>What the rules could be chosen from when these were the facts.</summary>
    private sealed record KnownChoices(SongFacts[] Facts, ListChoices Choices);

    /// <summary>A row of the list.</summary>
    private sealed record Pick(int Row, double Similarity, Explanation? Why);
}
