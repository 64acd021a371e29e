namespace MusicRec.Web.Accounts;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "There is no administrator yet. Open /account/setup and enter the code {Code}")]
    public static partial void SetupOpen(this ILogger logger, string code);

    [LoggerMessage(2, LogLevel.Information, "An administrator signed in")]
    public static partial void SignedIn(this ILogger logger);

    // Without the address: it is whatever a stranger typed, line breaks and mistyped passwords included.
    [LoggerMessage(3, LogLevel.Warning, "A sign-in failed from {RemoteAddress}")]
    public static partial void SignInFailed(this ILogger logger, System.Net.IPAddress? remoteAddress);

    [LoggerMessage(4, LogLevel.Warning, "A sign-in from {RemoteAddress} was refused: the account is locked")]
    public static partial void LockedOut(this ILogger logger, System.Net.IPAddress? remoteAddress);
}
