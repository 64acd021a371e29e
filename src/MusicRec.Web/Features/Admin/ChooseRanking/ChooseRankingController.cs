using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using MusicRec.Audio.Features;
using MusicRec.Catalog.Similarity;
using MusicRec.Catalog.Similarity.Quality;
using MusicRec.Web.Localization;

namespace MusicRec.Web.Features.Admin.ChooseRanking;

/// <summary>The rankings with what they are worth on this catalog.</summary>
/// <param name="IsOpen">Whether there is a choice; without one nothing is measured.</param>
/// <param name="Chosen">The ranking the administrator chose.</param>
/// <param name="IsLive">Whether it answers already.</param>
/// <param name="IsHeard">Whether every song of the live index has been listened to.</param>
/// <param name="Songs">Songs of the live index.</param>
/// <param name="Measured">Songs of them that were measured.</param>
/// <param name="Rows">The measures; empty while nothing is indexed.</param>
public sealed record RankingPage(bool IsOpen, Ranking Chosen, bool IsLive, bool IsHeard, int Songs, int Measured, IReadOnlyList<RankingRow> Rows);

/// <summary>Compares the rankings and switches between them.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
public sealed class ChooseRankingController(
    RankingChoice choice, CatalogQuality quality, LiveIndex index, IStringLocalizer<AdminText> text) : Controller
{
    [HttpGet("/admin/ranking")]
    public async Task<IActionResult> Index(CancellationToken cancellationToken)
    {
        var chosen = await choice.ReadAsync(cancellationToken);
        var isLive = index.Current is not { } live || live.Ranking == chosen;
        var isHeard = index.Current is not { } answering || answering.FeatureVersion == FeatureVersion.Current;
        return View(choice.IsOpen && await quality.MeasureAsync(cancellationToken) is { } measured
            ? new RankingPage(true, chosen, isLive, isHeard, measured.Songs, measured.Cosine.Songs, RankingRow.Of(measured, text))
            : new RankingPage(choice.IsOpen, chosen, isLive, isHeard, 0, 0, []));
    }

    [HttpPost("/admin/ranking")]
    public async Task<IActionResult> Choose(Ranking ranking, CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid || !Enum.IsDefined(ranking) || !choice.IsOpen)
        {
            return BadRequest();
        }

        await choice.ChooseAsync(ranking, cancellationToken);
        return Redirect("/admin/ranking");
    }
}
