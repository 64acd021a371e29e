using System.Globalization;
using Microsoft.Extensions.Localization;
using MusicRec.Catalog.Similarity.Quality;
using MusicRec.Genres.Evaluation;
using MusicRec.Web.Features.Shared;
using MusicRec.Web.Localization;

namespace MusicRec.Web.Features.Admin.ChooseRanking;

/// <summary>One measure of all rankings, in words.</summary>
/// <param name="Name">What is measured.</param>
/// <param name="Explained">What it means, and which way is better.</param>
/// <param name="Cosine">By cosine, with its interval.</param>
/// <param name="LocalScaling">With local scaling.</param>
/// <param name="Sound">By features and embedding.</param>
public sealed record RankingRow(string Name, string Explained, string Cosine, string LocalScaling, string Sound)
{
    /// <summary>All measures, the most asked for first.</summary>
    internal static IReadOnlyList<RankingRow> Of(CatalogRankingQuality measured, IStringLocalizer<AdminText> text)
    {
        return
        [
            Row(text["Ranking.GenrePrecision"], text["Ranking.GenrePrecision.Explained"], Share, quality => quality.GenrePrecision),
            Row(text["Ranking.OtherArtists"], text["Ranking.OtherArtists.Explained"], Share, quality => quality.GenrePrecisionOtherArtists),
            Row(text["Ranking.ArtistPrecision"], text["Ranking.ArtistPrecision.Explained"], Share, quality => quality.ArtistPrecision),
            Row(text["Ranking.ArtistHit"], text["Ranking.ArtistHit.Explained"], Share, quality => quality.ArtistHit),
            Row(text["Ranking.NeverRecommended"], text["Ranking.NeverRecommended.Explained"], Share, quality => quality.NeverRecommended),
            Row(text["Ranking.Skewness"], text["Ranking.Skewness.Explained"], Plain, quality => quality.Skewness),
            Row(text["Ranking.Diversity"], text["Ranking.Diversity.Explained"], Plain, quality => quality.Diversity),
        ];

        RankingRow Row(string name, string explained, Func<Estimate, string> write, Func<RankingMeasures, Estimate?> measure) =>
            new(name, explained, Write(measure(measured.Cosine), write), Write(measure(measured.LocalScaling), write),
                Write(measured.Sound is { } sound ? measure(sound) : null, write));
    }

    private static string Write(Estimate? estimate, Func<Estimate, string> write) => estimate is { } known ? write(known) : "–";

    private static string Share(Estimate share) => string.Create(
        CultureInfo.InvariantCulture, $"{Display.Percent(share.Value)} ({100 * share.Low:F1}–{100 * share.High:F1})");

    private static string Plain(Estimate number) =>
        $"{Display.Number(number.Value, "0.00")} ({Display.Number(number.Low, "0.00")} … {Display.Number(number.High, "0.00")})";
}
