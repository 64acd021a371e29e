using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MusicRec.Catalog.Demo;

namespace MusicRec.Web.Features.Demo;

/// <summary>How far the demo catalog is, for the page that waits for it.</summary>
[AllowAnonymous]
[ApiExplorerSettings(IgnoreApi = true)]
public sealed class DemoController(DemoCatalog demo) : Controller
{
    [HttpGet("/demo/progress")]
    [ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
    public DemoProgress Progress() => demo.Progress;
}
