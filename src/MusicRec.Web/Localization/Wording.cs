using System.Globalization;
using Microsoft.Extensions.Localization;

namespace MusicRec.Web.Localization;

/// <summary>Words for values: genres, moments, spans of time.</summary>
internal static class Wording
{
    /// <summary>Name of a genre; a label of a model of one's own is shown as it is.</summary>
    public static string Genre(this IStringLocalizer<Text> text, string label) =>
        text[$"Genre.{label}"] is { ResourceNotFound: false } name ? name : label;

    /// <summary>A moment as people read it, in UTC.</summary>
    public static string Moment(this IStringLocalizer<AdminText> text, DateTimeOffset moment) =>
        text["Time.Utc", moment.UtcDateTime.ToString("g", CultureInfo.CurrentCulture)];

    /// <summary>A span of time to the second.</summary>
    public static string Span(this IStringLocalizer<AdminText> text, TimeSpan span) =>
        span.TotalMinutes >= 1
            ? text["Time.Minutes", (int)span.TotalMinutes, span.Seconds]
            : text["Time.Seconds", (int)Math.Ceiling(span.TotalSeconds)];
}
