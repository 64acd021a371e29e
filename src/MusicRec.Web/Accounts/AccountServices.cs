using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging.Abstractions;
using MusicRec.Catalog;
using MusicRec.Catalog.Files;

namespace MusicRec.Web.Accounts;

/// <summary>Registers accounts, cookie sign-in and the rule that only administrators get past what is marked open.</summary>
internal static class AccountServices
{
    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddSingleton<FirstAccount>();
        services.AddIdentityCore<IdentityUser>(SetRules)
            .AddSignInManager()
            .AddEntityFrameworkStores<CatalogContext>()
            .AddDefaultTokenProviders();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.ConfigureApplicationCookie(options =>
        {
            options.Cookie.Name = "musicrec.session";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.LoginPath = "/account/login";
            options.AccessDeniedPath = "/error/403";
            options.ExpireTimeSpan = TimeSpan.FromHours(12);
        });
        var administratorsOnly = new AuthorizationPolicyBuilder().RequireRole(Administrator.Role).Build();
        services.AddAuthorizationBuilder().SetDefaultPolicy(administratorsOnly);
        return services.AddKeysInStorageFolder();
    }

    private static void SetRules(IdentityOptions options)
    {
        options.User.RequireUniqueEmail = true;
        // Length protects, rules about characters only annoy.
        options.Password.RequiredLength = 12;
        options.Password.RequiredUniqueChars = 4;
        options.Password.RequireDigit = false;
        options.Password.RequireLowercase = false;
        options.Password.RequireUppercase = false;
        options.Password.RequireNonAlphanumeric = false;
        options.Lockout.MaxFailedAccessAttempts = 5;
        options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
        options.ClaimsIdentity.RoleClaimType = ClaimTypes.Role;
    }

    /// <summary>Cookies stay valid over a restart, and in a container over its replacement.</summary>
    private static IServiceCollection AddKeysInStorageFolder(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("MusicRec");
        services.AddOptions<KeyManagementOptions>().Configure<StorageFolder>((options, folder) =>
            options.XmlRepository = new FileSystemXmlRepository(new DirectoryInfo(folder.Keys), NullLoggerFactory.Instance));
        return services;
    }
}
