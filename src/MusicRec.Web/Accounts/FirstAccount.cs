using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using MusicRec.Catalog;
using MusicRec.Web.Startup;

namespace MusicRec.Web.Accounts;

/// <summary>
/// The administrator: made at start from <c>Admin:Email</c> and <c>Admin:Password</c> (which also set a forgotten password), or in the browser with a
/// one-time code that only someone who sees the program's output knows. Closed once an account exists, whichever process on the database made it.
/// </summary>
public sealed class FirstAccount(IServiceScopeFactory scopes, IConfiguration configuration, ILogger<FirstAccount> logger)
{
    // Without letters and digits that are taken for each other.
    private const string CodeCharacters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private const int CodeLength = 8;

    private const string Subject = "first account";

    private volatile string? _code;

    /// <summary>The code, for the tests; null when closed.</summary>
    internal string? Code => _code;

    /// <summary>To be called once at start, after the database is ready.</summary>
    /// <exception cref="ConfigurationException">The configured account cannot be made.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<IdentityUser>>();
        var (email, password) = (configuration["Admin:Email"], configuration["Admin:Password"]);
        if (!string.IsNullOrEmpty(email) || !string.IsNullOrEmpty(password))
        {
            // Several processes may start at once.
            await using var transaction = await scope.ServiceProvider.GetRequiredService<CatalogContext>().BeginExclusiveAsync(Subject, cancellationToken);
            await ApplyConfigurationAsync(users, email, password);
            await transaction.CommitAsync(cancellationToken);
        }
        else if (!await Administrator.ExistsAsync(users))
        {
            OpenSetup();
        }
    }

    /// <summary>Makes the account if the code is right. Null if the code is wrong or an account exists already.</summary>
    public async Task<IdentityResult?> CreateAsync(string code, string email, string password, CancellationToken cancellationToken)
    {
        if (!IsCode(code))
        {
            return null;
        }

        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<IdentityUser>>();
        await using var transaction = await scope.ServiceProvider.GetRequiredService<CatalogContext>().BeginExclusiveAsync(Subject, cancellationToken);
        if (await Administrator.ExistsAsync(users))
        {
            return null;
        }

        var result = await Administrator.CreateAsync(users, email, password);
        if (result.Succeeded)
        {
            await transaction.CommitAsync(cancellationToken);
        }

        return result;
    }

    /// <summary>Whether an account can still be made with the code.</summary>
    public async Task<bool> IsOpenAsync()
    {
        if (_code is not null)
        {
            await using var scope = scopes.CreateAsyncScope();
            if (await Administrator.ExistsAsync(scope.ServiceProvider.GetRequiredService<UserManager<IdentityUser>>()))
            {
                _code = null;
            }
        }

        return _code is not null;
    }

    private void OpenSetup()
    {
        var code = RandomNumberGenerator.GetString(CodeCharacters, CodeLength);
        _code = code;
        logger.SetupOpen($"{code[..4]}-{code[4..]}");
    }

    /// <summary>Makes the configured administrator; one who exists gets the configured password.</summary>
    private static async Task ApplyConfigurationAsync(UserManager<IdentityUser> users, string? email, string? password)
    {
        if (string.IsNullOrEmpty(email) || string.IsNullOrEmpty(password))
        {
            throw new ConfigurationException("Admin:Email and Admin:Password are set both or not at all.");
        }

        var result = await Administrator.ExistsAsync(users) && await users.FindByEmailAsync(email) is { } known
            ? await Administrator.SetPasswordAsync(users, known, password)
            : await Administrator.CreateAsync(users, email, password);
        if (!result.Succeeded)
        {
            throw new ConfigurationException($"Admin:Email or Admin:Password will not do: {string.Join(" ", result.Errors.Select(error => error.Description))}");
        }
    }

    /// <summary>Compares in constant time, and forgives case, spaces and the dash.</summary>
    private bool IsCode(string entered)
    {
        var given = new string([.. entered.Where(char.IsAsciiLetterOrDigit).Select(char.ToUpperInvariant)]);
        return _code is { } code && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(code));
    }
}
