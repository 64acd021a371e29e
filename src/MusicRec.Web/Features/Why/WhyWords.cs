using Microsoft.Extensions.Localization;
using MusicRec.Catalog.Similarity;
using MusicRec.Web.Features.Sound;
using MusicRec.Web.Localization;

namespace MusicRec.Web.Features.Why;

/// <summary>Says in sentences why two songs are similar. Everything is meant beside the other songs of the catalog, as the similarity is.</summary>
internal static class WhyWords
{
    /// <summary>From this cosine of their timbres on two songs are called alike in it.</summary>
    private const double Alike = 0.5;

    /// <summary>From this cosine on they are called very much alike.</summary>
    private const double VeryMuchAlike = 0.8;

    /// <summary>What differs by less than a standard deviation of the catalog is not worth a word.</summary>
    private const double NotableDifference = 1;

    /// <summary>What the songs share, and what differs most.</summary>
    public static string Sentences(this IStringLocalizer<Text> text, Explanation why, WhyAsked asked = WhyAsked.Song)
    {
        string[] common = [.. text.SoundIs(why.Families), .. text.BothAre(why, asked), .. text.TimbreIs(why[FeatureFamily.Timbre])];
        return string.Join(' ', [.. common.DefaultIfEmpty(text["Why.Little"]), text.DiffersMost(why)]);
    }

    /// <summary>How alike two timbres are.</summary>
    public static string Likeness(this IStringLocalizer<Text> text, double likeness) => text[likeness switch
    {
        >= VeryMuchAlike => "Why.Likeness.Same",
        >= Alike => "Why.Likeness.Alike",
        > 0 => "Why.Likeness.Somewhat",
        _ => "Why.Likeness.Different",
    }];

    /// <summary>"Both are dark and quiet": where both songs stand out on the same side, what counts most first.</summary>
    private static IEnumerable<string> BothAre(this IStringLocalizer<Text> text, Explanation why, WhyAsked asked)
    {
        var shared = why.Families
            .Where(match => match.Family is not (FeatureFamily.Timbre or FeatureFamily.Sound) && SoundWords.Step(match.AskedLevel) * SoundWords.Step(match.FoundLevel) > 0)
            .OrderByDescending(match => match.Contribution)
            .Select(match => $"Why.{match.Family}.{(match.AskedLevel < 0 ? "Low" : "High")}")
            .ToList();
        if (shared.Count > 0)
        {
            var last = text[$"{shared[^1]}.End"].Value;
            var before = shared.SkipLast(1).Select(key => text[$"{key}.Then"].Value).ToList();
            yield return text[asked == WhyAsked.Sought ? "Why.BothSought" : "Why.Both", before.Count == 0 ? last : text["Why.And", before.Aggregate((some, one) => text["Why.Comma", some, one]), last].Value];
        }
    }

    /// <summary>Where songs are compared by what the embedding heard as well.</summary>
    private static IEnumerable<string> SoundIs(this IStringLocalizer<Text> text, IReadOnlyList<FamilyMatch> families) => families
        .Where(match => match.Family == FeatureFamily.Sound && match.Likeness >= Alike)
        .Select(match => text[match.Likeness >= VeryMuchAlike ? "Why.SoundVery" : "Why.Sound"].Value);

    private static IEnumerable<string> TimbreIs(this IStringLocalizer<Text> text, FamilyMatch timbre)
    {
        if (timbre.Likeness >= Alike)
        {
            yield return text[timbre.Likeness >= VeryMuchAlike ? "Why.TimbreVery" : "Why.Timbre"];
        }
    }

    private static string DiffersMost(this IStringLocalizer<Text> text, Explanation why)
    {
        if (why.Families.Any(match => match.Family == FeatureFamily.Sound && match.Likeness < 0))
        {
            return text["Why.Differs.Sound"];
        }

        // What was just called alike is not what differs, even where its many numbers are far apart.
        var most = why.Families
            .Where(match => match.Family != FeatureFamily.Sound && !(match.Family == FeatureFamily.Timbre && match.Likeness >= Alike))
            .MaxBy(match => match.Difference)!;
        return most switch
        {
            { Difference: < NotableDifference } => text["Why.NoDifference"],
            { Family: FeatureFamily.Timbre } => text["Why.Differs.Timbre"],
            _ => text[$"Why.Differs.{most.Family}.{(most.FoundLevel < most.AskedLevel ? "Low" : "High")}"],
        };
    }
}
