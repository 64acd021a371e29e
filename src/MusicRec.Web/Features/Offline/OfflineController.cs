using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace MusicRec.Web.Features.Offline;

/// <summary>What the service worker shows when the server cannot be reached: the same for everybody, nothing of anybody.</summary>
[AllowAnonymous]
[ApiExplorerSettings(IgnoreApi = true)]
public sealed class OfflineController : Controller
{
    [HttpGet("/offline")]
    public IActionResult Index() => View();
}
