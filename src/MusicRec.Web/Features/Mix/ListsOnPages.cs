using MusicRec.Catalog.Similarity;
using MusicRec.Catalog.Similarity.Lists;
using MusicRec.Catalog.Songs;

namespace MusicRec.Web.Features.Mix;

/// <summary>The list on the page of a song: the nearest songs, or a list shaped by the page's address.</summary>
public sealed class ListsOnPages(SongLists lists, Recommender recommender, SongCatalog catalog)
{
    /// <summary>Songs like one of the catalog.</summary>
    internal async Task<MixPage> LikeSongAsync(Guid song, MixQuery query, CancellationToken cancellationToken)
    {
        var state = MixState.OnSong(song, query);
        var list = state.IsShaped
            ? await ShapeAsync(state, null, cancellationToken)
            : Nearest(await recommender.SimilarToSongAsync(song, state.Rules.Count, cancellationToken) ?? [], state);
        return await PageOfAsync(state, list, cancellationToken);
    }

    /// <summary>Songs like a visitor's.</summary>
    internal async Task<MixPage> LikeUploadAsync(Catalog.Uploads.Upload upload, MixQuery query, CancellationToken cancellationToken)
    {
        var state = MixState.OnUpload(upload.Id, query);
        var list = state.IsShaped
            ? await ShapeAsync(state, upload, cancellationToken)
            : Nearest(await recommender.SimilarToUploadAsync(upload, state.Rules.Count, cancellationToken), state);
        return await PageOfAsync(state, list, cancellationToken);
    }

    /// <summary>Nothing is left out of it: if it is short, the catalog has no more songs.</summary>
    private static SongList Nearest(IReadOnlyList<SimilarSong> songs, MixState state) => new(
        songs, songs.Count > 0 && songs.Count < state.Rules.Count ? new ListShortage(ListGap.Rules, songs.Count, songs.Count) : null);

    private Task<SongList> ShapeAsync(MixState state, Catalog.Uploads.Upload? upload, CancellationToken cancellationToken) =>
        lists.MakeAsync(new ListQuestion(state.Like, state.Unlike, upload, state.Rules), cancellationToken);

    private async Task<MixPage> PageOfAsync(MixState state, SongList list, CancellationToken cancellationToken) => new(
        state, await lists.ChoicesAsync(cancellationToken), await catalog.FindAllAsync([.. state.Like, .. state.Unlike], cancellationToken), UploadName: null, list,
        Find: null, Found: [], Play: false);
}
