using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MusicRec.Catalog.Models;

namespace MusicRec.Web.Features.About;

[AllowAnonymous]
public sealed class AboutController(LiveModel model) : Controller
{
    [HttpGet("/about")]
    public IActionResult Index() => View(model.Classifier?.Model);
}
