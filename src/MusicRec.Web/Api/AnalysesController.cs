using System.ComponentModel;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using MusicRec.Catalog.Similarity;
using MusicRec.Catalog.Uploads;
using MusicRec.Web.Security;
using MusicRec.Web.Uploads;

namespace MusicRec.Web.Api;

/// <summary>Analyses songs sent by programs.</summary>
[ApiController]
[AllowAnonymous]
[IgnoreAntiforgeryToken]
[Tags("Analyses")]
[Route("api/v1/analyses")]
[Produces("application/json")]
public sealed class AnalysesController(UploadedFileReader reader, UploadService uploads, Recommender recommender) : ControllerBase
{
    private const int SimilarSongs = 5;

    /// <summary>Analyses a song.</summary>
    /// <remarks>
    /// Send the song as field `file` of a multipart form. The answer has its features, the probability of every genre
    /// and the five catalog songs that sound most like it. The upload is kept for a week.
    /// </remarks>
    [HttpPost]
    [StreamedUpload]
    [EnableRateLimiting(RateLimits.Uploads)]
    [EndpointName("createAnalysis")]
    [ProducesResponseType<AnalysisResponse>(201, Description = "Analysed; `Location` is the address of the analysis.")]
    [ProducesResponseType<ProblemDetails>(400, "application/problem+json", Description = "No file in field `file`, or broken multipart.")]
    [ProducesResponseType<ProblemDetails>(413, "application/problem+json", Description = "The file is larger than this server accepts.")]
    [ProducesResponseType<ProblemDetails>(415, "application/problem+json", Description = "Not multipart, or not an audio file that is read here.")]
    [ProducesResponseType<ProblemDetails>(422, "application/problem+json", Description = "An audio file that cannot be analysed; `code` says why.")]
    [ProducesResponseType<ProblemDetails>(429, "application/problem+json", Description = "Too many requests from this address; see `Retry-After`.")]
    [ProducesResponseType<ProblemDetails>(503, "application/problem+json", Description = "Too many songs are being analysed; see `Retry-After`.")]
    [ProducesResponseType<ProblemDetails>(507, "application/problem+json", Description = "The server has no room left.")]
    public async Task<ActionResult<AnalysisResponse>> Create(CancellationToken cancellationToken)
    {
        await foreach (var file in reader.ReadApiAsync(Request, cancellationToken))
        {
            var upload = await uploads.CreateAsync(file.Content, file.FileName, cancellationToken);
            return CreatedAtAction(nameof(Get), new { id = upload.Id }, await AnswerAsync(upload, cancellationToken));
        }

        throw new UploadFormException(UploadFormProblem.NoFile);
    }

    /// <summary>An analysis made before.</summary>
    [HttpGet("{id:guid}")]
    [EnableRateLimiting(RateLimits.Api)]
    [EndpointName("getAnalysis")]
    [ProducesResponseType<AnalysisResponse>(200, Description = "The analysis.")]
    [ProducesResponseType<ProblemDetails>(404, "application/problem+json", Description = "There is none, or it has expired.")]
    [ProducesResponseType<ProblemDetails>(429, "application/problem+json", Description = "Too many requests from this address; see `Retry-After`.")]
    public async Task<ActionResult<AnalysisResponse>> Get(
        [Description("Identity of the analysis.")] Guid id, CancellationToken cancellationToken) =>
        await uploads.FindAsync(id, cancellationToken) is { } upload
            ? await AnswerAsync(upload, cancellationToken)
            : NotFound();

    private async Task<AnalysisResponse> AnswerAsync(Upload upload, CancellationToken cancellationToken) =>
        AnalysisResponse.Of(upload, await recommender.SimilarToUploadAsync(upload, SimilarSongs, cancellationToken));
}
