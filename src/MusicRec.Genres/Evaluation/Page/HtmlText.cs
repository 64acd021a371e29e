using System.Globalization;
using System.Net;
using System.Text;

namespace MusicRec.Genres.Evaluation.Page;

/// <summary>HTML as it grows. What is put into a template is text and comes out as text: names of songs and genres cannot become markup.</summary>
internal sealed class HtmlText
{
    private static readonly EncodingFormat Encoding = new();

    private readonly StringBuilder _text = new();

    /// <summary>Adds a line of markup with text in its holes.</summary>
    public HtmlText Line(FormattableString markup)
    {
        _text.Append(markup.ToString(Encoding)).Append('\n');
        return this;
    }

    /// <summary>Adds what another has written.</summary>
    public HtmlText Add(HtmlText other)
    {
        _text.Append(other._text);
        return this;
    }

    /// <summary>Adds a table: a header row, then rows that begin with the cell that names them.</summary>
    public HtmlText Table(string caption, IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        Line($"<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{caption}\"><table><caption>{caption}</caption><thead><tr>");
        foreach (var name in header)
        {
            Line($"<th scope=\"col\">{name}</th>");
        }

        Line($"</tr></thead><tbody>");
        foreach (var row in rows)
        {
            Line($"<tr><th scope=\"row\">{row[0]}</th>");
            foreach (var cell in row.Skip(1))
            {
                Line($"<td>{cell}</td>");
            }

            Line($"</tr>");
        }

        return Line($"</tbody></table></div>");
    }

    public override string ToString() => _text.ToString();

    private sealed class EncodingFormat : IFormatProvider, ICustomFormatter
    {
        public object? GetFormat(Type? formatType) => formatType == typeof(ICustomFormatter) ? this : null;

        public string Format(string? format, object? arg, IFormatProvider? formatProvider) => WebUtility.HtmlEncode(
            arg is IFormattable formattable ? formattable.ToString(format, CultureInfo.InvariantCulture) : arg?.ToString() ?? "");
    }
}
