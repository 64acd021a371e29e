using Microsoft.AspNetCore.Mvc;

namespace MusicRec.Web.Problems;

/// <summary>What went wrong, in the visitor's language.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">Name for programs, e.g. that of an <c>AudioProblem</c>.</param>
/// <param name="Title">In a few words.</param>
/// <param name="Detail">What was found and what to do.</param>
/// <param name="RetryAfter">When to try again, if that helps.</param>
public sealed record Problem(int Status, string Code, string Title, string Detail, TimeSpan? RetryAfter = null)
{
    /// <summary>As programs read it (RFC 9457).</summary>
    public ProblemDetails ToDetails() => new()
    {
        Type = $"urn:musicrec:problem:{Code}",
        Title = Title,
        Status = Status,
        Detail = Detail,
        Extensions = { ["code"] = Code },
    };
}
