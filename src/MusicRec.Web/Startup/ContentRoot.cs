namespace MusicRec.Web.Startup;

/// <summary>Where settings and, by default, the storage folder are.</summary>
internal static class ContentRoot
{
    private const string Settings = "appsettings.json";

    /// <summary>
    /// The folder of the published program, from wherever it was started; null leaves it to the framework: the project's
    /// folder under <c>dotnet run</c>, or a folder that has settings of its own.
    /// </summary>
    public static string? Find() =>
        !File.Exists(Settings) && File.Exists(Path.Combine(AppContext.BaseDirectory, Settings)) ? AppContext.BaseDirectory : null;
}
