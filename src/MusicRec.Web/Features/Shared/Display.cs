using System.Globalization;
using Microsoft.Extensions.Localization;
using MusicRec.Audio.Decoding;
using MusicRec.Web.Localization;

namespace MusicRec.Web.Features.Shared;

/// <summary>How numbers and labels are written on pages.</summary>
internal static class Display
{
    /// <summary>What a browser's file chooser shows first; the bytes decide what is read.</summary>
    public static readonly string AudioFiles = $"audio/*,{string.Join(',', AudioFormat.FileExtensions)}";

    /// <summary>A probability as <c>81.0 %</c>.</summary>
    public static string Percent(double probability) =>
        string.Create(CultureInfo.InvariantCulture, $"{100 * probability:F1} %");

    /// <summary>A cosine as <c>0.912</c> or <c>−0.120</c>; never a negative zero.</summary>
    public static string Similarity(double cosine)
    {
        var rounded = Math.Round(cosine, 3);
        return rounded == 0 ? "0.000" : Number(rounded, "0.000");
    }

    /// <summary>A length as <c>3:05</c>.</summary>
    public static string Length(double seconds)
    {
        var whole = (long)Math.Round(seconds);
        return string.Create(CultureInfo.InvariantCulture, $"{whole / 60}:{whole % 60:00}");
    }

    /// <summary>Bytes as whole or tenth mebibytes: <c>200</c>, <c>1.5</c>.</summary>
    public static string Megabytes(long bytes) => Number(bytes / (1024.0 * 1024), "0.#");

    /// <summary>Bytes as <c>12 KB</c>, <c>3.4 MB</c> or <c>251.9 GB</c>.</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 1L << 20 => $"{Number(Math.Ceiling(bytes / 1024.0), "0")} KB",
        < 1L << 30 => $"{Megabytes(bytes)} MB",
        _ => $"{Number(bytes / (double)(1L << 30), "0.#")} GB",
    };

    /// <summary>A number with a true minus sign.</summary>
    public static string Number(double value, string format) =>
        value.ToString(format, CultureInfo.InvariantCulture).Replace('-', '−');

    /// <summary>The genre in the reader's language; a label that has no translation stays as it is.</summary>
    public static string Genre(this IStringLocalizer<Text> text, string label)
    {
        var name = text[$"Genre.{label}"];
        return name.ResourceNotFound ? label : name.Value;
    }
}
