using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using MusicRec.Catalog;
using MusicRec.Catalog.Similarity.Lists;
using MusicRec.Web.Features.Why;

namespace MusicRec.Web.Features.Mix;

/// <summary>The page of a song on which a list like that song stands.</summary>
/// <param name="Address">Begins with <c>~/</c>.</param>
/// <param name="Song">The song of the page, in the catalog or uploaded: the list is like it without being told.</param>
internal sealed record SongPage(string Address, Guid Song);

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

    /// <summary>Songs on the page of a song unless the address says how many.</summary>
    public const int CountOnSongPage = 5;

    private const int MostPerArtist = 10;
    private const int MostTempo = 400;

    /// <summary>The state of a list that is like one song.</summary>
    public static MixState LikeSong(Guid song, int count = DefaultCount) => Of(new MixQuery { Like = [song], Count = count });

    /// <summary>The page of a song on which the list stands; null on the page of lists.</summary>
    public SongPage? On { get; init; }

    /// <summary>Whether the address says anything of the list.</summary>
    public bool IsShaped { get; private init; }

    /// <summary>The state of the list on the page of a song of the catalog.</summary>
    public static MixState OnSong(Guid song, MixQuery query)
    {
        var like = query.Like;
        query.Like = [song, .. like];
        query.Upload = null;
        return OnPage(new SongPage($"~/songs/{song}", song), query, like.Length > 0);
    }

    /// <summary>The state of the list on the page of a visitor's song.</summary>
    public static MixState OnUpload(Guid upload, MixQuery query)
    {
        query.Upload = upload;
        return OnPage(new SongPage($"~/uploads/{upload}", upload), query, query.Like.Length > 0);
    }

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
            query.Decade is { } year and > 0 ? year - (year % 10) : null))
        {
            IsShaped = HasRules(query),
        };
    }

    /// <summary>Whether there is a song to begin with.</summary>
    public bool HasSeeds => Like.Count + Unlike.Count > 0 || Upload is not null;

    /// <summary>What its songs are compared with.</summary>
    public WhyAsked Asked => Like.Count + (Upload is null ? 0 : 1) == 1 && Unlike.Count == 0 ? WhyAsked.Song : WhyAsked.Sought;

    /// <summary>The same list on the page of lists; by the rules usual there if none were chosen.</summary>
    public MixState OnItsOwn => this with { On = null, Rules = IsShaped ? Rules : Of(new MixQuery()).Rules };

    /// <summary>Without rules; on the page of a song, without anything but that song.</summary>
    public string AddressWithoutRules(string page) => On?.Address ?? (this with { Rules = Of(new MixQuery()).Rules }).Address(page);

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

    /// <summary>The address that a form of this list is sent to, beginning with <c>~/</c>.</summary>
    /// <param name="page">The page below <c>~/mix</c>, such as <c>/path</c>.</param>
    public string Action(string page) => On is null ? $"~/mix{page}" : $"{On.Address}#similar";

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

        return On is null ? $"~/mix{page}{query}" : $"{On.Address}{query}#similar";
    }

    /// <summary>The parameters that say which songs the list is made from; the song of its page goes without saying.</summary>
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

        return ids.Where(one => one.Item2 != On?.Song).Select(one => KeyValuePair.Create(one.Item1, one.Item2.ToString()));
    }

    /// <summary>The parameters that say by which rules, as far as they are not the usual ones.</summary>
    public IEnumerable<KeyValuePair<string, string>> RuleParameters()
    {
        (string Name, object? Value, object? Usual)[] parameters =
        [
            ("count", Rules.Count, On is null ? DefaultCount : null),
            ("artist", Rules.MostPerArtist, On is null ? DefaultPerArtist : 0),
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

    /// <summary>A page of a song shows the nearest few, whoever they are by, until its address says otherwise.</summary>
    private static MixState OnPage(SongPage page, MixQuery query, bool isLikeOthers)
    {
        var state = Of(query);
        var isShaped = state.IsShaped || isLikeOthers || state.Unlike.Count > 0;
        return state with
        {
            From = null,
            To = null,
            On = page,
            IsShaped = isShaped,
            Rules = state.Rules with
            {
                Count = query.Count is null ? CountOnSongPage : state.Rules.Count,
                MostPerArtist = query.Artist is null ? 0 : state.Rules.MostPerArtist,
                OneOfEachSong = isShaped && state.Rules.OneOfEachSong,
            },
        };
    }

    private static bool HasRules(MixQuery query) =>
        query.Versions || !string.IsNullOrEmpty(query.Genre) || new[] { query.Count, query.Artist, query.TempoFrom, query.TempoTo, query.Decade }.Any(one => one is not null);

    private static double? TempoOf(int? written) => written is { } tempo and > 0 ? Math.Min(tempo, MostTempo) : null;
}
