using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using MusicRec.Web.Startup;

namespace MusicRec.Web.Accounts;

/// <summary>
/// The administrator: made at start from <c>Admin:Email</c> and <c>Admin:Password</c> (which also set a forgotten password), or in the browser with a
/// one-time code that only someone who sees the program's output knows. Closed once an account exists.
/// </summary>
public sealed class FirstAccount(IServiceScopeFactory scopes, IConfiguration configuration, ILogger<FirstAccount> logger) : IDisposable
{
    // Without letters and digits that are taken for each other.
    private const string CodeCharacters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private const int CodeLength = 8;

    private readonly SemaphoreSlim _once = new(1);
    private string? _code;

    /// <summary>Whether an account can still be made with the code.</summary>
    public bool IsOpen => _code is not null;

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
            await ApplyConfigurationAsync(users, email, password);
        }
        else if (!await Administrator.ExistsAsync(users))
        {
            OpenSetup();
        }
    }

    /// <summary>Makes the account if the code is right. Null if the code is wrong or an account exists already.</summary>
    public async Task<IdentityResult?> CreateAsync(string code, string email, string password, CancellationToken cancellationToken)
    {
        await _once.WaitAsync(cancellationToken);
        try
        {
            if (!IsCode(code))
            {
                return null;
            }

            await using var scope = scopes.CreateAsyncScope();
            var result = await Administrator.CreateAsync(scope.ServiceProvider.GetRequiredService<UserManager<IdentityUser>>(), email, password);
            if (result.Succeeded)
            {
                _code = null;
            }

            return result;
        }
        finally
        {
            _once.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _once.Dispose();

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
