using System.Globalization;
using System.Text;
using System.Text.Unicode;
using CsvHelper;
using CsvHelper.Configuration;
using MusicRec.Genres.Training;

namespace MusicRec.Genres.Evaluation;

/// <summary>Reads the files that come beside a table of songs: who made them, and how others divided them.</summary>
public static class SongLists
{
    private const string IndexSeparator = ":::";

    /// <summary>A column that some tables have among their features and that says nothing about the music: samples in the file.</summary>
    private const string LengthColumn = "length";

    /// <summary>
    /// The labelled songs of a table, with the artists of a groups file, else those of names like <c>artist_title.wav</c>
    /// (where what stands before the underscore is not the genre). A column <c>length</c> is left out.
    /// </summary>
    /// <param name="dataset">The table.</param>
    /// <param name="facts">Artist and hash by <see cref="EvaluationSong.Key"/>; null to go by the file names.</param>
    public static (IReadOnlyList<string> Columns, IReadOnlyList<EvaluationSong> Songs) SongsOf(
        Dataset dataset, IReadOnlyDictionary<string, SongFacts>? facts)
    {
        var kept = Enumerable.Range(0, dataset.Columns.Count).Where(column => dataset.Columns[column] != LengthColumn).ToArray();
        var songs =
            from row in dataset.Rows
            where row.Label.Length > 0
            let known = facts is null ? FactsOf(row) : facts.GetValueOrDefault(EvaluationSong.KeyOf(row.FileName))
            select new EvaluationSong(row.FileName, kept.Select(column => row.Values.Span[column]).ToArray(), row.Label, known?.Artist, known?.Hash);
        return ([.. kept.Select(column => dataset.Columns[column])], [.. songs]);
    }

    /// <summary>
    /// Artists by song: comma-separated values with the header <c>filename,artist</c>, optionally a third column
    /// <c>hash</c>; or lines <c>name.wav ::: artist ::: title</c>. UTF-8, else Latin-1. An empty artist is not known.
    /// </summary>
    /// <exception cref="InvalidDataException">The file is neither.</exception>
    public static IReadOnlyDictionary<string, SongFacts> ReadArtists(string path)
    {
        var text = ReadText(path);
        var rows = text.Contains(IndexSeparator, StringComparison.Ordinal) ? IndexRows(text) : CsvRows(text);
        var facts = new Dictionary<string, SongFacts>(StringComparer.Ordinal);
        foreach (var (name, known) in rows)
        {
            facts[EvaluationSong.KeyOf(name)] = known;
        }

        return facts.Count > 0 ? facts : throw new InvalidDataException($"{path}: no song is named.");
    }

    /// <summary>The keys of a list of songs, one <c>genre/file.wav</c> or <c>file.wav</c> a line; empty lines are skipped.</summary>
    /// <exception cref="InvalidDataException">The list is empty.</exception>
    public static IReadOnlyList<string> ReadSplit(string path)
    {
        var keys = Lines(ReadText(path)).Select(EvaluationSong.KeyOf).ToArray();
        return keys.Length > 0 ? keys : throw new InvalidDataException($"{path}: the list is empty.");
    }

    private static SongFacts? FactsOf(DatasetRow row)
    {
        var key = EvaluationSong.KeyOf(row.FileName);
        var underscore = key.IndexOf('_', StringComparison.Ordinal);
        var artist = underscore < 0 ? "" : key[..underscore].Trim();
        var isGenre = artist.Equals(row.Label, StringComparison.OrdinalIgnoreCase) || Genre.LabelOf(artist) == row.Label;
        return artist.Length == 0 || isGenre ? null : new SongFacts(artist, null);
    }

    private static IEnumerable<(string Name, SongFacts Facts)> IndexRows(string text) =>
        from line in Lines(text)
        where !line.StartsWith('#')
        let fields = line.Split(IndexSeparator)
        where fields.Length > 1
        select (fields[0].Trim(), new SongFacts(NullIfEmpty(fields[1]), null));

    private static IEnumerable<(string Name, SongFacts Facts)> CsvRows(string text)
    {
        using var parser = new CsvParser(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture) { BadDataFound = null });
        var header = parser.Read() ? parser.Record!.Select(name => name.Trim()).ToArray() : [];
        if (header is not (["filename", "artist"] or ["filename", "artist", "hash"]))
        {
            throw new InvalidDataException("Artists are expected under a header 'filename,artist', or as lines 'name.wav ::: artist ::: title'.");
        }

        while (parser.Read())
        {
            var fields = parser.Record!;
            if (fields.Length != header.Length)
            {
                throw new InvalidDataException($"Line {parser.RawRow} of the artists: {fields.Length} fields where the header has {header.Length}.");
            }

            yield return (CellText.Read(fields[0]), new SongFacts(NullIfEmpty(CellText.Read(fields[1])), fields.Length > 2 ? NullIfEmpty(fields[2]) : null));
        }
    }

    private static string? NullIfEmpty(string text) => text.Trim() is { Length: > 0 } trimmed ? trimmed : null;

    private static string ReadText(string path)
    {
        var bytes = File.ReadAllBytes(path);
        return (Utf8.IsValid(bytes) ? Encoding.UTF8 : Encoding.Latin1).GetString(bytes).TrimStart('\uFEFF');
    }

    private static string[] Lines(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

/// <summary>What is known of a song beside its features.</summary>
/// <param name="Artist">Null when not known.</param>
/// <param name="Hash">Hash of its file; null when not known.</param>
public sealed record SongFacts(string? Artist, string? Hash);
