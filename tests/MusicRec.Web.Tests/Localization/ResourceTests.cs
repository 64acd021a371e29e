using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MusicRec.Audio.Decoding;
using MusicRec.Catalog;
using MusicRec.Catalog.Import;
using MusicRec.Catalog.Indexing;
using MusicRec.Catalog.Models;
using MusicRec.Catalog.Playlists;
using MusicRec.Catalog.Similarity.Lists;
using MusicRec.Genres;
using MusicRec.Web.Uploads;

namespace MusicRec.Web.Tests.Localization;

public sealed partial class ResourceTests
{
    private static readonly string Web = Path.GetFullPath(Path.Combine(Folder(), "..", "..", "..", "src", "MusicRec.Web"));

    public static TheoryData<string> Pairs => [.. Directory.GetFiles(Web, "*.ko.resx", SearchOption.AllDirectories)];

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Pair_BothLanguages_HaveTheSameKeysAndArguments(string korean)
    {
        var (ko, en) = (Read(korean), Read(korean.Replace(".ko.resx", ".en.resx", StringComparison.Ordinal)));

        Assert.Equal(ko.Keys.Order(StringComparer.Ordinal), en.Keys.Order(StringComparer.Ordinal));
        Assert.All(ko, pair => Assert.Equal(Arguments(pair.Value), Arguments(en[pair.Key])));
        Assert.All(ko.Values.Concat(en.Values), text => Assert.NotEmpty(text.Trim()));
    }

    [Fact]
    public void Keys_UsedInCodeAndPages_Exist()
    {
        var keys = AllKeys();
        var files = Directory.GetFiles(Web, "*.cs*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".cshtml", StringComparison.Ordinal))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
        var used = files.SelectMany(file => UsedKey().Matches(File.ReadAllText(file)).SelectMany(match => Literal().Matches(match.Value)))
            .Select(match => match.Groups[1].Value).Distinct().ToList();

        Assert.True(used.Count > 50, $"found {used.Count} keys: the search is broken");
        Assert.Empty(used.Except(keys));
    }

    [Fact]
    public void Keys_MadeFromValues_Exist()
    {
        string[] needed =
        [
            .. Enum.GetNames<AudioProblem>().SelectMany(name => new[] { $"Problem.{name}", $"Failure.{name}" }),
            .. new[] { "FileMissing", "Crashed", "Internal" }.Select(name => $"Failure.{name}"),
            .. Enum.GetNames<UploadFormProblem>().SelectMany(name => new[] { $"Problem.{name}", $"Problem.{name}.Title" }),
            .. Enum.GetNames<SongStatus>().Select(name => $"Status.{name}"),
            .. Enum.GetNames<ImportOutcome>().Select(name => $"Outcome.{name}"),
            .. Enum.GetNames<IndexRunState>().Select(name => $"Run.{name}"),
            .. Enum.GetNames<ListGap>().Except([nameof(ListGap.Rules)]).Select(name => $"Shortage.{name}"),
            .. Enum.GetNames<PlaylistFormat>().SelectMany(name => new[] { $"TakeAway.{name}", $"TakeAway.{name}.Hint" }),
            .. Enum.GetNames<PlaylistProblem>().Select(name => $"Problem.{name}"),
            "HeldOut.by_artist", "HeldOut.by_song",
            .. Enum.GetNames<TrainingState>().Select(name => $"Training.{name}"),
            .. Enum.GetNames<PredictionDoubt>().Except([nameof(PredictionDoubt.None)]).Select(name => $"Doubt.{name}"),
            .. Genre.All.Select(genre => $"Genre.{genre.Name}"),
            .. new[] { 400, 401, 403, 404, 405, 408, 413, 415, 416, 422, 429, 500, 503 }.SelectMany(status => new[] { $"Problem.Http{status}", $"Problem.Http{status}.Title" }),
        ];

        Assert.Empty(needed.Except(AllKeys()));
    }

    private static HashSet<string> AllKeys() => [.. Pairs.SelectMany(row => Read(row.Data).Keys)];

    private static Dictionary<string, string> Read(string path) =>
        XDocument.Load(path).Root!.Elements("data").ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value);

    private static string Arguments(string text) =>
        string.Join(",", Placeholder().Matches(text).Select(match => match.Groups[1].Value).Distinct().Order(StringComparer.Ordinal));

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    /// <summary>The first argument of a localizer: a literal, or a choice of literals.</summary>
    [GeneratedRegex("""\b(?:T|A|text|Text)\[[^\]$]*?"[^\]]*?\]""")]
    private static partial Regex UsedKey();

    [GeneratedRegex("""(?<!\$)"([A-Z][A-Za-z0-9]*(?:\.[A-Za-z0-9]+)+)"(?!:)""")]
    private static partial Regex Literal();

    [GeneratedRegex(@"\{(\d+)[^}]*\}")]
    private static partial Regex Placeholder();
}
