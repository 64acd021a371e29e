using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace MusicRec.Web.Problems;

/// <summary>One way out for every error: a status without a body is answered by <c>/error/{code}</c>, as a page or as JSON.</summary>
internal static class ProblemHandling
{
    public static IServiceCollection AddProblems(this IServiceCollection services) =>
        services.AddSingleton<ProblemTexts>().AddExceptionHandler<ProblemExceptionHandler>();

    /// <summary>Names the parameters of an API request that are out of range or unreadable.</summary>
    public static IActionResult InvalidParameters(ActionContext context)
    {
        var names = context.ModelState.Where(entry => entry.Value is { Errors.Count: > 0 }).Select(entry => entry.Key);
        var texts = context.HttpContext.RequestServices.GetRequiredService<ProblemTexts>();
        context.HttpContext.Items[typeof(Problem)] = texts.ForParameters(names);
        return new StatusCodeResult(StatusCodes.Status400BadRequest);
    }

    public static void UseProblems(this IApplicationBuilder app)
    {
        // Outside the exception handler, so that it also sees the statuses that one sets.
        app.UseStatusCodePagesWithReExecute("/error/{0}");
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            // A fault of ours: the middleware has logged it and set 500; the visitor gets the page of that status.
            ExceptionHandler = _ => Task.CompletedTask,
        });
    }
}

/// <summary>Turns the exceptions that are the sender's or the moment's into their status.</summary>
internal sealed class ProblemExceptionHandler(ProblemTexts texts) : IExceptionHandler
{
    public ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (texts.Describe(exception) is not { } problem)
        {
            return ValueTask.FromResult(false);
        }

        httpContext.Response.StatusCode = problem.Status;
        if (problem.RetryAfter is { } wait)
        {
            httpContext.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        httpContext.Items[typeof(Problem)] = problem;
        return ValueTask.FromResult(true);
    }
}
