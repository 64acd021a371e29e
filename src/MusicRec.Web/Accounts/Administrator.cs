using System.Security.Claims;
using Microsoft.AspNetCore.Identity;

namespace MusicRec.Web.Accounts;

/// <summary>Makes an account that may do everything.</summary>
internal static class Administrator
{
    public const string Role = "Administrator";

    /// <summary>Whether there is one. An account without the role is what a start that was cut off left.</summary>
    public static async Task<bool> ExistsAsync(UserManager<IdentityUser> users) =>
        (await users.GetUsersForClaimAsync(new Claim(ClaimTypes.Role, Role))).Count > 0;

    /// <summary>Makes the account, or says why the address or the password will not do.</summary>
    public static async Task<IdentityResult> CreateAsync(UserManager<IdentityUser> users, string email, string password)
    {
        if (await users.FindByEmailAsync(email) is { } halfMade)
        {
            await users.DeleteAsync(halfMade);
        }

        var user = new IdentityUser(email) { Email = email, EmailConfirmed = true };
        var created = await users.CreateAsync(user, password);
        return created.Succeeded
            ? await users.AddClaimAsync(user, new Claim(ClaimTypes.Role, Role))
            : created;
    }

    /// <summary>Gives an administrator who is locked out or forgot it the password, if it is another.</summary>
    public static async Task<IdentityResult> SetPasswordAsync(UserManager<IdentityUser> users, IdentityUser user, string password)
    {
        if (await users.CheckPasswordAsync(user, password))
        {
            return IdentityResult.Success;
        }

        await users.SetLockoutEndDateAsync(user, null);
        return await users.ResetPasswordAsync(user, await users.GeneratePasswordResetTokenAsync(user), password);
    }
}
