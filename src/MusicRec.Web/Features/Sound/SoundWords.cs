using System.Globalization;
using Microsoft.Extensions.Localization;
using MusicRec.Audio.Features;
using MusicRec.Catalog.Similarity;
using MusicRec.Web.Features.Shared;
using MusicRec.Web.Localization;

namespace MusicRec.Web.Features.Sound;

/// <summary>Words for numbers of a sound.</summary>
internal static class SoundWords
{
    /// <summary>From so many standard deviations on a song is called quiet or loud: three in ten songs are either, if they are spread evenly.</summary>
    public const double Rather = 0.5;

    /// <summary>From so many standard deviations on it is called very quiet or very loud: about one in fifteen songs is either.</summary>
    public const double Very = 1.5;

    /// <summary>"Very quiet" to "very loud" and the like.</summary>
    public static string Level(this IStringLocalizer<Text> text, FeatureFamily family, double level) =>
        text[$"Level.{family}.{Step(level)}"];

    /// <summary>−2 for very low to 2 for very high.</summary>
    public static int Step(double level) => Math.Sign(level) * (Math.Abs(level) < Rather ? 0 : Math.Abs(level) < Very ? 1 : 2);

    /// <summary>"Slow" to "very fast". Slow is what one walks to at most, very fast what one can hardly clap to.</summary>
    public static string Pace(this IStringLocalizer<Text> text, double beatsPerMinute) => text[beatsPerMinute switch
    {
        < 76 => "Pace.Slow",
        < 108 => "Pace.Middle",
        < 140 => "Pace.Fast",
        _ => "Pace.VeryFast",
    }];

    /// <summary>The key, or the two it may be.</summary>
    public static string Key(this IStringLocalizer<Text> text, KeyEstimate? key) => key switch
    {
        { IsSure: true } => text.Name(key.Best),
        { HasKey: true } => text["Sound.KeyOneOf", text.Name(key.Best), text.Name(key.Second)],
        _ => text["Sound.KeyNone"],
    };

    /// <summary>The notes that sound most, most first.</summary>
    public static string StrongestNotes(this IStringLocalizer<Text> text, IReadOnlyList<double> pitchClasses) => string.Join(
        ", ", Enumerable.Range(0, pitchClasses.Count).OrderByDescending(note => pitchClasses[note]).Take(3).Select(note => text[$"Note.{note}"].Value));

    /// <summary>A frequency as <c>250 Hz</c> or <c>3.2 kHz</c>, on one line.</summary>
    public static string Hertz(double hertz) =>
        hertz < 1000 ? $"{Display.Number(Math.Round(hertz / 10) * 10, "0")}\u00a0Hz" : $"{Display.Number(hertz / 1000, "0.#")}\u00a0kHz";

    /// <summary>A number for an attribute of SVG.</summary>
    public static string Svg(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Name(this IStringLocalizer<Text> text, MusicalKey key) => text[$"Key.{(key.IsMinor ? "Minor" : "Major")}.{key.Tonic}"];
}
