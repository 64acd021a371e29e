using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using MusicRec.Catalog.Similarity.Lists;
using MusicRec.Catalog.Uploads;
using MusicRec.Web.Security;

namespace MusicRec.Web.Api;

/// <summary>Lists by rules, for programs. The same question to the same catalog has the same answer.</summary>
[ApiController]
[AllowAnonymous]
[EnableRateLimiting(RateLimits.Api)]
[Tags("Lists")]
[Route("api/v1")]
[Produces("application/json")]
[ProducesResponseType<ProblemDetails>(400, "application/problem+json", Description = "A parameter is out of range; the detail names it.")]
[ProducesResponseType<ProblemDetails>(404, "application/problem+json", Description = "There is no such analysis or song.")]
[ProducesResponseType<ProblemDetails>(429, "application/problem+json", Description = "Too many requests from this address; see `Retry-After`.")]
public sealed class ListsController(SongLists lists, UploadService uploads) : ControllerBase
{
    /// <summary>Songs like some and unlike others, best first, by rules; never the named songs themselves.</summary>
    [HttpGet("lists")]
    [EndpointName("makeList")]
    [ProducesResponseType<ListResponse>(200, Description = "The list; `shortage` says why it is shorter than asked for.")]
    public async Task<ActionResult<ListResponse>> Make(
        [Description("Songs it is like; those that are not in the catalog are passed over.")][FromQuery][MaxLength(SongLists.MostSeeds)] Guid[] like,
        [Description("Songs it is less like.")][FromQuery][MaxLength(SongLists.MostSeeds)] Guid[] unlike,
        [Description("An analysis whose song it is like.")] Guid? analysis,
        [FromQuery] ListRulesQuery rules,
        CancellationToken cancellationToken)
    {
        var upload = analysis is { } id ? await uploads.FindAsync(id, cancellationToken) : null;
        return analysis is not null && upload is null
            ? NotFound()
            : ListResponse.Of(await lists.MakeAsync(new ListQuestion(like, unlike, upload, rules.ToRules()), cancellationToken));
    }

    /// <summary>A way from one song to another in even steps, both included, by rules for the songs between.</summary>
    [HttpGet("paths")]
    [EndpointName("findPath")]
    [ProducesResponseType<ListResponse>(200, Description = "The path: the similarity of each song is that to the song before.")]
    public async Task<ActionResult<ListResponse>> Path(
        [Description("The first song.")][Required] Guid? from,
        [Description("The last song, another one.")][Required] Guid? to,
        [FromQuery] ListRulesQuery rules,
        CancellationToken cancellationToken) =>
        await lists.FindPathAsync(from!.Value, to!.Value, rules.ToRules() with { Count = Math.Max(2, rules.Count) }, cancellationToken) is { } path
            ? ListResponse.Of(path)
            : NotFound();
}
