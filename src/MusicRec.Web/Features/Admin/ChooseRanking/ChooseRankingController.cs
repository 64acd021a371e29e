using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using MusicRec.Audio.Features;
using MusicRec.Catalog.Similarity;
using MusicRec.Catalog.Similarity.Quality;
using MusicRec.Web.Localization;

namespace MusicRec.Web.Features.Admin.ChooseRanking;

/// <summary>The rankings with what they are worth on this catalog.</summary>
/// <param name="Possible">The rankings there are to choose from.</param>
/// <param name="Chosen">The ranking the administrator chose.</param>
/// <param name="IsLive">Whether it answers already.</param>
/// <param name="IsHeard">Whether every song of the live index has been listened to.</param>
/// <param name="Songs">Songs of the live index.</param>
/// <param name="Measured">Songs of them that were measured.</param>
/// <param name="Rows">The measures; empty while nothing is indexed.</param>
public sealed record RankingPage(IReadOnlyList<Ranking> Possible, Ranking Chosen, bool IsLive, bool IsHeard, int Songs, int Measured, IReadOnlyList<RankingRow> Rows);

/// <summary>Compares the rankings and switches between them.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
public sealed class ChooseRankingController(
    RankingChoice choice, CatalogQuality quality, LiveIndex index, IStringLocalizer<AdminText> text) : Controller
{
    /// <summary>All rankings, in the order of the page.</summary>
    internal static readonly Ranking[] Rankings = [Ranking.Sound, Ranking.Cosine, Ranking.LocalScaling];

    [HttpGet("/admin/ranking")]
    public async Task<IActionResult> Index(CancellationToken cancellationToken)
    {
        var chosen = await choice.ReadAsync(cancellationToken);
        var isLive = index.Current is not { } live || live.Ranking == chosen;
        var isHeard = index.Current is not { } answering || answering.FeatureVersion >= FeatureVersion.FirstWithSound;
        Ranking[] possible = [.. Rankings.Where(choice.CanChoose)];
        return View(await quality.MeasureAsync(cancellationToken) is { } measured
            ? new RankingPage(possible, chosen, isLive, isHeard, measured.Songs, measured.Cosine.Songs, RankingRow.Of(measured, text))
            : new RankingPage(possible, chosen, isLive, isHeard, 0, 0, []));
    }

    [HttpPost("/admin/ranking")]
    public async Task<IActionResult> Choose(Ranking ranking, CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid || !Enum.IsDefined(ranking) || !choice.CanChoose(ranking))
        {
            return BadRequest();
        }

        await choice.ChooseAsync(ranking, cancellationToken);
        return Redirect("/admin/ranking");
    }
}
