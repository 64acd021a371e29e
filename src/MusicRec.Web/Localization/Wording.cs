using System.Globalization;
using Microsoft.Extensions.Localization;

namespace MusicRec.Web.Localization;

/// <summary>Words for moments and spans of time.</summary>
internal static class Wording
{
    /// <summary>A moment as people read it, in UTC.</summary>
    public static string Moment(this IStringLocalizer<AdminText> text, DateTimeOffset moment) =>
        text["Time.Utc", moment.UtcDateTime.ToString("g", CultureInfo.CurrentCulture)];

    /// <summary>A span of time to the second.</summary>
    public static string Span(this IStringLocalizer<AdminText> text, TimeSpan span) =>
        span.TotalMinutes >= 1
            ? text["Time.Minutes", (int)span.TotalMinutes, span.Seconds]
            : text["Time.Seconds", (int)Math.Ceiling(span.TotalSeconds)];
}
