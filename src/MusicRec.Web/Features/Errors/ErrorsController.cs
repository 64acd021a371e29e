using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using MusicRec.Web.Problems;

namespace MusicRec.Web.Features.Errors;

/// <summary>Answers every error: RFC 9457 for programs, a page for people.</summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
[ApiExplorerSettings(IgnoreApi = true)]
public sealed class ErrorsController(ProblemTexts texts) : Controller
{
    // Any method: the failed request is run again under this address. Without parameters: binding one would read the
    // form of a request whose body may be half read.
    [Route("/error/{code:int:range(400,599)}")]
    public IActionResult Show()
    {
        var code = int.Parse((string)RouteData.Values["code"]!, CultureInfo.InvariantCulture);
        var problem = HttpContext.Items[typeof(Problem)] as Problem ?? texts.ForStatus(code);
        Response.StatusCode = problem.Status;
        // Cleared with all headers when the request failed by an exception.
        Response.Headers.ContentLanguage = CultureInfo.CurrentUICulture.Name;
        if (!WantsJson())
        {
            return View("Error", problem);
        }

        Response.Headers.CacheControl = "no-store";
        return new ObjectResult(problem.ToDetails()) { StatusCode = problem.Status, ContentTypes = { "application/problem+json" } };
    }

    private bool WantsJson()
    {
        var path = HttpContext.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalPath ?? Request.Path.Value;
        var accept = Request.Headers.Accept.ToString();
        return path!.StartsWith("/api/", StringComparison.OrdinalIgnoreCase)
            || (accept.Contains("json", StringComparison.OrdinalIgnoreCase) && !accept.Contains("text/html", StringComparison.OrdinalIgnoreCase));
    }
}
