using System.Globalization;
using MusicRec.Audio.Features;

namespace MusicRec.Audio.Tests.Golden;

/// <summary>Prints the table of docs/FEATURES.md and holds the document to it.</summary>
public sealed class LargestDifferenceTests(ITestOutputHelper output)
{
    [Fact]
    public void Documentation_NamesADifferenceForEveryFeature_AndNoneIsExceeded()
    {
        var documented = ReadTable();
        var measured = Measure();
        foreach (var (name, (plain, resampled)) in measured)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| `{name}` | {plain:0.0e+0} | {resampled:0.0e+0} |"));
        }

        foreach (var (name, (plain, resampled)) in measured)
        {
            // The last bits depend on the processor's instructions: a tenth more than documented is still the documented size.
            Assert.InRange(plain, 0, 1.1 * documented[name].Plain);
            Assert.InRange(resampled, 0, 1.1 * documented[name].Resampled);
        }
    }

    private static Dictionary<string, (double Plain, double Resampled)> Measure()
    {
        var largest = FeatureVector.Names.ToDictionary(name => name, _ => (Plain: 0.0, Resampled: 0.0));
        foreach (var file in LibrosaFile.All.Where(file => file.Features is not null))
        {
            using var stream = File.OpenRead(file.AudioPath);
            var features = SongAnalyzer.Analyze(stream).Features;
            foreach (var feature in Enum.GetValues<AudioFeature>())
            {
                var name = FeatureVector.Names[(int)feature];
                var difference = Math.Abs(file.Features![name] - features[feature]);
                var (plain, resampled) = largest[name];
                largest[name] = file.Resampled ? (plain, Math.Max(resampled, difference)) : (Math.Max(plain, difference), resampled);
            }
        }

        return largest;
    }

    private static Dictionary<string, (double Plain, double Resampled)> ReadTable()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MusicRec.sln")))
        {
            folder = folder.Parent!;
        }

        return File.ReadLines(Path.Combine(folder.FullName, "docs", "FEATURES.md"))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length == 5 && FeatureVector.Names.Contains(cells[1].Trim('`')))
            .ToDictionary(
                cells => cells[1].Trim('`'),
                cells => (double.Parse(cells[2], CultureInfo.InvariantCulture), double.Parse(cells[3], CultureInfo.InvariantCulture)));
    }
}
