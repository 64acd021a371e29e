using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;
using CsvHelper;
using CsvHelper.Configuration;
using MusicRec.Audio.Features;

namespace MusicRec.Genres.Training;

/// <summary>One song of a <see cref="Dataset"/>.</summary>
/// <param name="FileName">Name of the file, composed to NFC.</param>
/// <param name="Values">One number per column of the data set, finite also in single precision, in which a model computes.</param>
/// <param name="Label">Its genre; empty when unknown.</param>
public sealed record DatasetRow(string FileName, ReadOnlyMemory<double> Values, string Label)
{
    /// <summary>
    /// What songs have in common that must not stand on both sides of a division, usually the artist; null when unknown.
    /// </summary>
    public string? Group { get; init; }
}

/// <summary>
/// A table of songs, features and genres: the <c>data.csv</c> of the field. UTF-8, with or without BOM; the header is
/// <c>filename</c>, the feature columns, <c>label</c>. Names are written as <see cref="CellText"/>.
/// </summary>
/// <param name="Columns">
/// Names of the feature columns; in this program's own tables <see cref="FeatureVector.Names"/>, the means, or
/// <see cref="FeatureVector.ColumnNames"/>, means and deviations.
/// </param>
/// <param name="Rows">The songs.</param>
public sealed record Dataset(IReadOnlyList<string> Columns, IReadOnlyList<DatasetRow> Rows)
{
    private const string FileNameColumn = "filename";
    private const string LabelColumn = "label";

    private static readonly CsvConfiguration WrittenFormat = new(CultureInfo.InvariantCulture)
    {
        NewLine = "\n",

        // By default a carriage return is not quoted when lines end in line feeds, yet ends a line when read.
        ShouldQuote = field => ConfigurationFunctions.ShouldQuote(field) || field.Field!.Contains('\r'),
    };

    /// <summary>A table of whole vectors of the current version: means and deviations.</summary>
    public static Dataset FromVectors(IEnumerable<(string FileName, FeatureVector Features, string Label)> songs) =>
        new(FeatureVector.ColumnNames, [.. songs.Select(song => new DatasetRow(Compose(song.FileName), song.Features.Values.ToArray(), song.Label))]);

    /// <summary>The table without the deviations: the 26 columns of the field.</summary>
    /// <exception cref="InvalidOperationException">The columns are not those of <see cref="FromVectors"/>.</exception>
    public Dataset MeansOnly() => Columns.SequenceEqual(FeatureVector.ColumnNames)
        ? new(FeatureVector.Names, [.. Rows.Select(row => row with { Values = row.Values[..FeatureVector.FeatureCount] })])
        : throw new InvalidOperationException("The table has other columns than means and deviations.");

    /// <summary>SHA-256 of the table as <see cref="Write(Stream)"/> writes it: two tables with equal content have the same.</summary>
    public string Fingerprint()
    {
        using var stream = new MemoryStream();
        Write(stream);
        return Convert.ToHexStringLower(SHA256.HashData(stream.ToArray()));
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">The file is no such table; the message names line and column.</exception>
    public static Dataset Read(string path)
    {
        using var stream = File.OpenRead(path);
        return Read(stream);
    }

    /// <summary>Reads a table.</summary>
    /// <exception cref="InvalidDataException">The stream holds no such table; the message names line and column.</exception>
    public static Dataset Read(Stream stream)
    {
        using var content = new MemoryStream();
        stream.CopyTo(content);
        RequireUtf8(content.GetBuffer().AsSpan(0, (int)content.Length));
        content.Position = 0;
        using var reader = new StreamReader(content, Encoding.UTF8);
        using var parser = new CsvParser(reader, new CsvConfiguration(CultureInfo.InvariantCulture) { BadDataFound = null });
        try
        {
            var columns = ReadHeader(parser);
            var rows = new List<DatasetRow>();
            while (parser.Read())
            {
                rows.Add(ReadRow(parser, columns));
            }

            return rows.Count > 0 ? new Dataset(columns, rows) : throw new InvalidDataException("The table has a header but no row.");
        }
        catch (CsvHelperException exception)
        {
            throw new InvalidDataException($"Line {parser.RawRow}: these are not comma-separated values.", exception);
        }
    }

    /// <summary>Writes a file, replacing one that is there.</summary>
    public void Write(string path)
    {
        using var stream = File.Create(path);
        Write(stream);
    }

    /// <summary>Writes the table: UTF-8 with BOM, every number so that it reads back as the same double.</summary>
    public void Write(Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(true), leaveOpen: true) { NewLine = "\n" };
        using var csv = new CsvWriter(writer, WrittenFormat);
        WriteRecord(csv, [FileNameColumn, .. Columns, LabelColumn]);
        foreach (var row in Rows)
        {
            WriteRecord(csv, [CellText.Write(row.FileName), .. Numbers(row), CellText.Write(row.Label)]);
        }
    }

    private static IEnumerable<string> Numbers(DatasetRow row)
    {
        for (var i = 0; i < row.Values.Length; i++)
        {
            yield return row.Values.Span[i].ToString("R", CultureInfo.InvariantCulture);
        }
    }

    private static void WriteRecord(CsvWriter csv, IEnumerable<string> fields)
    {
        foreach (var field in fields)
        {
            csv.WriteField(field);
        }

        csv.NextRecord();
    }

    private static string[] ReadHeader(CsvParser parser)
    {
        if (!parser.Read())
        {
            throw new InvalidDataException("The file is empty; a header 'filename, ..., label' is expected.");
        }

        var header = parser.Record!;
        if (header is [var first, var last] && first.Trim() == FileNameColumn && last.Trim() == LabelColumn)
        {
            throw new InvalidDataException($"Line 1: there is no feature between '{FileNameColumn}' and '{LabelColumn}'.");
        }

        if (header.Length < 3 || header[0].Trim() != FileNameColumn || header[^1].Trim() != LabelColumn)
        {
            throw new InvalidDataException(
                $"Line 1: the header must begin with '{FileNameColumn}' and end with '{LabelColumn}'; found '{header[0]}' and '{header[^1]}'.");
        }

        return [.. header[1..^1].Select(name => name.Trim())];
    }

    private static DatasetRow ReadRow(CsvParser parser, string[] columns)
    {
        var fields = parser.Record!;
        if (fields.Length != columns.Length + 2)
        {
            throw new InvalidDataException($"Line {FirstLine(parser)}: {fields.Length} fields where the header has {columns.Length + 2}.");
        }

        var values = new double[columns.Length];
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.TryParse(fields[i + 1], NumberStyles.Float, CultureInfo.InvariantCulture, out values[i]) || !float.IsFinite((float)values[i]))
            {
                throw new InvalidDataException($"Line {FirstLine(parser)}, column {columns[i]}: '{fields[i + 1]}' is not a finite number.");
            }
        }

        return new DatasetRow(Compose(CellText.Read(fields[0])), values, Compose(CellText.Read(fields[^1].Trim())));
    }

    /// <summary>The line a record begins in; a quotation mark that is never closed makes it run to the end of the file.</summary>
    private static int FirstLine(CsvParser parser) =>
        parser.RawRow - parser.Record!.Sum(field => field.Replace("\r\n", "\n", StringComparison.Ordinal).Count(character => character is '\r' or '\n'));

    private static void RequireUtf8(ReadOnlySpan<byte> content)
    {
        var line = 0;
        foreach (var range in content.Split((byte)'\n'))
        {
            line++;
            if (!Utf8.IsValid(content[range]))
            {
                throw new InvalidDataException($"Line {line}: this is not UTF-8 text.");
            }
        }
    }

    private static string Compose(string text) => text.Normalize(NormalizationForm.FormC);
}
