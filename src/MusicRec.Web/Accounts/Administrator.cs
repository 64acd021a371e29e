using System.Security.Claims;
using Microsoft.AspNetCore.Identity;

namespace MusicRec.Web.Accounts;

/// <summary>Makes an account that may do everything.</summary>
internal static class Administrator
{
    public const string Role = "Administrator";

    /// <summary>Makes the account, or says why the address or the password will not do.</summary>
    public static async Task<IdentityResult> CreateAsync(UserManager<IdentityUser> users, string email, string password)
    {
        var user = new IdentityUser(email) { Email = email, EmailConfirmed = true };
        var created = await users.CreateAsync(user, password);
        return created.Succeeded
            ? await users.AddClaimAsync(user, new Claim(ClaimTypes.Role, Role))
            : created;
    }
}
