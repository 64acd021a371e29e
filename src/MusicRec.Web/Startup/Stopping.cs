namespace MusicRec.Web.Startup;

/// <summary>How the program ends when it is told to: within the ten seconds that whoever runs it allows before killing it.</summary>
internal static class Stopping
{
    private static readonly TimeSpan ForRequests = TimeSpan.FromSeconds(7);

    public static void Apply(HostOptions options)
    {
        // Requests under way may end; then their connections are cut, which takes up to a second.
        options.ShutdownTimeout = ForRequests;

        // Workers hand their songs back at once, whatever requests are still under way.
        options.ServicesStopConcurrently = true;
    }
}
