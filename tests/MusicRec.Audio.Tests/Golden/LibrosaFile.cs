using System.Text.Json;

namespace MusicRec.Audio.Tests.Golden;

/// <summary>What librosa computed for one audio file.</summary>
/// <param name="Name">File name without folder.</param>
/// <param name="Features">The 26 means by name; null if librosa refused the file.</param>
/// <param name="Resampled">Whether the file had another rate than 22 050 Hz.</param>
/// <param name="NativeRate">Rate of the file.</param>
/// <param name="Seconds">Seconds analysed.</param>
/// <param name="Tuning">Tuning in semitones.</param>
/// <param name="Tempo">Tempo in beats per minute.</param>
public sealed record LibrosaFile(
    string Name, IReadOnlyDictionary<string, double>? Features, bool Resampled, int NativeRate,
    double Seconds, double Tuning, double Tempo)
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Fixtures");

    public static IReadOnlyList<LibrosaFile> All { get; } = Load();

    public string AudioPath => AudioPathOf(Name);

    public static string AudioPathOf(string name) => Path.Combine(Folder, "audio", name);

    public static LibrosaFile Find(string name) => All.Single(file => file.Name == name);

    private static List<LibrosaFile> Load()
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "librosa_features.json")));
        return [.. json.RootElement.GetProperty("files").EnumerateObject().Select(Read)];
    }

    private static LibrosaFile Read(JsonProperty file)
    {
        var name = Path.GetFileName(file.Name);
        var rate = file.Value.GetProperty("sr_native").GetInt32();
        var resampled = file.Value.GetProperty("resampled").GetBoolean();
        if (!file.Value.TryGetProperty("features", out var features))
        {
            return new LibrosaFile(name, null, resampled, rate, 0, 0, 0);
        }

        return new LibrosaFile(
            name, features.EnumerateObject().ToDictionary(f => f.Name, f => f.Value.GetDouble()), resampled, rate,
            file.Value.GetProperty("duration").GetDouble(),
            file.Value.GetProperty("tuning").GetDouble(),
            file.Value.GetProperty("tempo").GetDouble());
    }
}
