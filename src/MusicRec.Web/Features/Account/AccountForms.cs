namespace MusicRec.Web.Features.Account;

/// <summary>What a person enters to sign in.</summary>
public sealed class LoginForm
{
    public string? Email { get; set; }

    public string? Password { get; set; }

    public string? ReturnUrl { get; set; }
}

/// <summary>What a person enters to make the first account.</summary>
public sealed class SetupForm
{
    public string? Code { get; set; }

    public string? Email { get; set; }

    public string? Password { get; set; }
}
