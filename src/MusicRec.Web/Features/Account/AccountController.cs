using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;
using MusicRec.Catalog;
using MusicRec.Web.Accounts;
using MusicRec.Web.Localization;
using MusicRec.Web.Security;
using SignInResult = Microsoft.AspNetCore.Identity.SignInResult;

namespace MusicRec.Web.Features.Account;

/// <summary>Signs the administrator in and out, and makes the first account.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
public sealed class AccountController(
    SignInManager<IdentityUser> signIn, FirstAccount first, IStringLocalizer<AdminText> text, ILogger<AccountController> logger) : Controller
{
    private const int MaxAddressLength = 256;

    [AllowAnonymous]
    [HttpGet("/account/login")]
    public async Task<IActionResult> Login(string? returnUrl) =>
        await first.IsOpenAsync() ? RedirectToAction(nameof(Setup)) : View(new LoginForm { ReturnUrl = returnUrl });

    [AllowAnonymous]
    [EnableRateLimiting(RateLimits.SignIn)]
    [HttpPost("/account/login")]
    public async Task<IActionResult> Login(LoginForm form)
    {
        var result = await CheckAsync(Address(form.Email), form.Password ?? "");
        if (result.Succeeded)
        {
            logger.SignedIn();
            return LocalRedirect(LocalAddress.Of(form.ReturnUrl) ?? "/admin");
        }

        if (result.IsLockedOut)
        {
            logger.LockedOut(HttpContext.Connection.RemoteIpAddress);
        }
        else
        {
            logger.SignInFailed(HttpContext.Connection.RemoteIpAddress);
        }

        // The same words for both: they must not tell which addresses have an account.
        ModelState.AddModelError("", text["Login.Wrong"]);
        return Refused(form);
    }

    [HttpPost("/account/logout")]
    public async Task<IActionResult> Logout()
    {
        await signIn.SignOutAsync();
        return LocalRedirect("/");
    }

    [AllowAnonymous]
    [HttpGet("/account/setup")]
    public async Task<IActionResult> Setup() => await first.IsOpenAsync() ? View(new SetupForm()) : NotFound();

    [AllowAnonymous]
    [EnableRateLimiting(RateLimits.Setup)]
    [HttpPost("/account/setup")]
    public async Task<IActionResult> Setup(SetupForm form, CancellationToken cancellationToken)
    {
        if (!await first.IsOpenAsync())
        {
            return NotFound();
        }

        var result = await first.CreateAsync(form.Code ?? "", Address(form.Email), form.Password ?? "", cancellationToken);
        if (result is { Succeeded: true })
        {
            await CheckAsync(Address(form.Email), form.Password!);
            return LocalRedirect("/admin");
        }

        if (result is null)
        {
            ModelState.AddModelError(nameof(form.Code), text["Setup.WrongCode"]);
        }

        foreach (var error in result?.Errors ?? [])
        {
            AddError(error);
        }

        return Refused(form);
    }

    /// <summary>What a database takes as an address: PostgreSQL refuses texts with a zero in them, and too long ones.</summary>
    private static string Address(string? entered) => SongNames.Clean(entered ?? "", MaxAddressLength);

    private async Task<SignInResult> CheckAsync(string email, string password)
    {
        if (await signIn.UserManager.FindByEmailAsync(email) is { } user)
        {
            return await signIn.PasswordSignInAsync(user, password, isPersistent: false, lockoutOnFailure: true);
        }

        // As much work as for an account that exists: the time of the answer must not tell which addresses have one.
        signIn.UserManager.PasswordHasher.HashPassword(new IdentityUser(), password);
        return SignInResult.Failed;
    }

    private void AddError(IdentityError error)
    {
        var field = error.Code.StartsWith("Password", StringComparison.Ordinal) ? nameof(SetupForm.Password) : nameof(SetupForm.Email);
        ModelState.AddModelError(field, text[field == nameof(SetupForm.Password) ? "Setup.WeakPassword" : "Setup.InvalidEmail"]);
    }

    private ViewResult Refused(object form)
    {
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return View(form);
    }
}
