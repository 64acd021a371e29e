using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using MusicRec.Catalog;
using MusicRec.Catalog.Similarity.Lists;

namespace MusicRec.Web.Features.Mix;

/// <summary>What a list is made from and by which rules: all that its address says, so that it can be opened again and passed on.</summary>
/// <param name="Like">Songs it is like; with those it is unlike at most <see cref="SongLists.MostSeeds"/>.</param>
/// <param name="Unlike">Songs it is less like.</param>
/// <param name="Upload">A visitor's song it is like, or null.</param>
/// <param name="From">First song of a path, or null.</param>
/// <param name="To">Last song of a path, or null.</param>
/// <param name="Rules">What it may hold.</param>
internal sealed record MixState(IReadOnlyList<Guid> Like, IReadOnlyList<Guid> Unlike, Guid? Upload, Guid? From, Guid? To, ListRules Rules)
{
    /// <summary>Songs unless the address says how many.</summary>
    public const int DefaultCount = 20;

    /// <summary>Songs by one artist unless the address says how many.</summary>
    public const int DefaultPerArtist = 2;

    private const int MostPerArtist = 10;
    private const int MostTempo = 400;

    /// <summary>The state of a list that is like one song.</summary>
    public static MixState LikeSong(Guid song, int count = DefaultCount) => Of(new MixQuery { Like = [song], Count = count });

    /// <summary>The state of a list that is like a visitor's song.</summary>
    public static MixState LikeUpload(Guid upload) => Of(new MixQuery { Upload = upload });

    /// <summary>Takes what makes sense: numbers out of range are brought into it, too many songs are cut off.</summary>
    public static MixState Of(MixQuery query)
    {
        Guid[] like = [.. query.Like.Distinct().Take(SongLists.MostSeeds)];
        Guid[] unlike = [.. query.Unlike.Except(like).Take(SongLists.MostSeeds - like.Length)];
        var genre = Genres.Genre.LabelOf(SongNames.Clean(query.Genre ?? "", SongNames.MaxGenreLength));
        return new MixState(like, unlike, query.Upload, query.From, query.To, new ListRules(
            Math.Clamp(query.Count ?? DefaultCount, query.From is null && query.To is null ? 1 : 2, ListRules.MostSongs),
            Math.Clamp(query.Artist ?? DefaultPerArtist, 0, MostPerArtist),
            !query.Versions,
            genre,
            TempoOf(query.TempoFrom),
            TempoOf(query.TempoTo),
            query.Decade is { } year and > 0 ? year - (year % 10) : null));
    }

    /// <summary>Whether there is a song to begin with.</summary>
    public bool HasSeeds => Like.Count + Unlike.Count > 0 || Upload is not null;

    /// <summary>More songs like one.</summary>
    public MixState More(Guid song) => this with { Like = [.. Like.Union([song])], Unlike = [.. Unlike.Where(one => one != song)] };

    /// <summary>Fewer songs like one.</summary>
    public MixState Less(Guid song) => this with { Like = [.. Like.Where(one => one != song)], Unlike = [.. Unlike.Union([song])] };

    /// <summary>Without what was said of a song.</summary>
    public MixState Without(Guid song) => this with
    {
        Like = [.. Like.Where(one => one != song)],
        Unlike = [.. Unlike.Where(one => one != song)],
        Upload = Upload == song ? null : Upload,
    };

    /// <summary>The address of a page of this list, beginning with <c>~/</c>.</summary>
    /// <param name="page">The page below <c>~/mix</c>, such as <c>/path</c>; empty for the list itself.</param>
    /// <param name="more">Further parameters.</param>
    public string Address(string page = "", params ReadOnlySpan<KeyValuePair<string, string>> more)
    {
        var query = new QueryBuilder(Seeds().Concat(RuleParameters()));
        foreach (var (name, value) in more)
        {
            query.Add(name, value);
        }

        return $"~/mix{page}{query}";
    }

    /// <summary>The parameters that say which songs the list is made from.</summary>
    public IEnumerable<KeyValuePair<string, string>> Seeds()
    {
        var ids = Like.Select(id => ("like", id)).Concat(Unlike.Select(id => ("unlike", id))).ToList();
        foreach (var (name, id) in (ReadOnlySpan<(string, Guid?)>)[("upload", Upload), ("from", From), ("to", To)])
        {
            if (id is { } there)
            {
                ids.Add((name, there));
            }
        }

        return ids.Select(one => KeyValuePair.Create(one.Item1, one.Item2.ToString()));
    }

    /// <summary>The parameters that say by which rules, as far as they are not the usual ones.</summary>
    public IEnumerable<KeyValuePair<string, string>> RuleParameters()
    {
        (string Name, object? Value, object? Usual)[] parameters =
        [
            ("count", Rules.Count, DefaultCount),
            ("artist", Rules.MostPerArtist, DefaultPerArtist),
            ("versions", Rules.OneOfEachSong ? null : "true", null),
            ("genre", Rules.Genre, null),
            ("tempoFrom", Rules.TempoFrom, null),
            ("tempoTo", Rules.TempoTo, null),
            ("decade", Rules.Decade, null),
        ];
        return parameters
            .Where(parameter => !Equals(parameter.Value, parameter.Usual))
            .Select(parameter => KeyValuePair.Create(parameter.Name, Convert.ToString(parameter.Value, CultureInfo.InvariantCulture)!));
    }

    private static double? TempoOf(int? written) => written is { } tempo and > 0 ? Math.Min(tempo, MostTempo) : null;
}
