using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using MusicRec.Audio.Features;
using MusicRec.Catalog.Similarity;
using MusicRec.Web.Features.Sound;
using MusicRec.Web.Features.Why;
using MusicRec.Web.Localization;
using MusicRec.Web.Tests.Hosting;

namespace MusicRec.Web.Tests.Sound;

public sealed class WordsTests(WebApp app) : IClassFixture<WebApp>
{
    public static TheoryData<double, int> Steps => new() { { -9, -2 }, { -1.5, -2 }, { -1.49, -1 }, { -0.5, -1 }, { -0.49, 0 }, { 0, 0 }, { 0.49, 0 }, { 0.5, 1 }, { 1.5, 2 } };

    [Theory]
    [MemberData(nameof(Steps))]
    public void Step_Level_IsOneOfFive(double level, int step) => Assert.Equal(step, SoundWords.Step(level));

    [Theory]
    [InlineData("ko", "둘 다 어둡고 조용합니다. 음색이 아주 비슷합니다. 크게 다른 점은 없습니다.")]
    [InlineData("en", "Both are dark and quiet. Their timbre is very much alike. There is no great difference.")]
    public void Sentences_SongsAlike_SayInWhat(string culture, string expected) => Assert.Equal(expected, Say(
        culture, harmony: (0.1, 0.2), loudness: (-1, -0.8), brightness: (-1.4, -1.2), noisiness: (0.7, 0.3), timbre: (1, 0.8)));

    [Theory]
    [InlineData("ko", "둘 다 거칠고 밝고 소리가 큽니다. 가장 다른 점: 추천 곡의 음이 더 또렷합니다.")]
    [InlineData("en", "Both are rough, bright and loud. What differs most: the suggestion is sparser in harmony.")]
    public void Sentences_ThreeThingsInCommon_AreListedByWhatTheyAdd(string culture, string expected) => Assert.Equal(expected, Say(
        culture, harmony: (1, -1), loudness: (0.6, 0.6), brightness: (1, 1), noisiness: (2, 1.9), timbre: (0.4, -0.1)));

    [Theory]
    [InlineData("ko", "뚜렷이 닮은 점은 적습니다. 가장 다른 점: 음색.")]
    [InlineData("en", "They have little in common. What differs most: the timbre.")]
    public void Sentences_SongsUnlike_SaySo(string culture, string expected) => Assert.Equal(expected, Say(
        culture, harmony: (0, 0), loudness: (0.4, 0.4), brightness: (1, -0.2), noisiness: (0.2, 0), timbre: (1.5, -1)));

    /// <summary>Alike in shape, far apart in size: it is not said to be alike and different in one breath.</summary>
    [Fact]
    public void Sentences_TimbreAlike_IsNotWhatDiffersMost() => Assert.Equal(
        "음색이 아주 비슷합니다. 가장 다른 점: 추천 곡이 더 밝습니다.",
        Say("ko", harmony: (0, 0), loudness: (0.2, 0), brightness: (-0.6, 0.5), noisiness: (0, 0), timbre: (0.5, 4)));

    /// <summary>The embedding is first; that it differs is said, but not in what: its numbers have no names.</summary>
    [Theory]
    [InlineData("ko", 1, "전체적인 소리와 분위기가 아주 비슷합니다. 둘 다 소리가 큽니다. 크게 다른 점은 없습니다.")]
    [InlineData("en", 1, "As a whole they sound very much alike. Both are loud. There is no great difference.")]
    [InlineData("en", -1, "Both are loud. What differs most: the sound as a whole.")]
    public void Sentences_EmbeddingHeardBoth_SayWhetherTheySoundAlike(string culture, double found, string expected)
    {
        FamilyMatch[] matches =
        [
            Match(FeatureFamily.Harmony, (0, 0)), Match(FeatureFamily.Loudness, (1, 1)), Match(FeatureFamily.Brightness, (0, 0)),
            Match(FeatureFamily.Noisiness, (0, 0)), Match(FeatureFamily.Timbre, (0.2, -0.2)), Match(FeatureFamily.Sound, (1, found)),
        ];

        Assert.Equal(expected, TextIn(culture).Sentences(new Explanation(matches)));
    }

    [Theory]
    [InlineData("ko", "다장조 (C)", "다장조 (C) 또는 가단조 (Am)", "뚜렷하지 않음")]
    [InlineData("en", "C major", "C major or A minor", "Not clear")]
    public void Key_AsSureAsItIs_IsOneOrTwoOrNone(string culture, string sure, string oneOfTwo, string none)
    {
        var text = TextIn(culture);
        var (major, minor) = (new MusicalKey(0, false), new MusicalKey(9, true));

        Assert.Equal(sure, text.Key(new KeyEstimate(major, minor, 0.9, 0.2)));
        Assert.Equal(oneOfTwo, text.Key(new KeyEstimate(major, minor, 0.9, 0.05)));
        Assert.Equal(none, text.Key(new KeyEstimate(major, minor, 0.4, 0.3)));
        Assert.Equal(none, text.Key(null));
    }

    /// <summary>Everything that can be said has words: the keys are put together, so no search of the source finds them.</summary>
    [Theory]
    [InlineData("ko")]
    [InlineData("en")]
    public void Words_MadeFromValues_Exist(string culture)
    {
        var text = TextIn(culture);
        string[] plain = [.. Enum.GetNames<FeatureFamily>().Except([nameof(FeatureFamily.Timbre), nameof(FeatureFamily.Sound)])];
        string[] needed =
        [
            .. Enum.GetNames<FeatureFamily>().Select(family => $"Family.{family}"),
            .. Enum.GetNames<WhyAsked>().Select(asked => $"Why.Asked.{asked}"),
            .. plain.SelectMany(family => Enumerable.Range(-2, 5).Select(step => $"Level.{family}.{step}")),
            .. plain.SelectMany(family => new[] { "Low", "High" }.SelectMany(side => new[] { $"Why.{family}.{side}.Then", $"Why.{family}.{side}.End", $"Why.Differs.{family}.{side}" })),
            .. Enumerable.Range(0, 12).SelectMany(note => new[] { $"Note.{note}", $"Key.Major.{note}", $"Key.Minor.{note}" }),
        ];

        Assert.All(needed, key => Assert.False(text[key].ResourceNotFound, key));
    }

    private string Say(
        string culture, (double, double) harmony, (double, double) loudness, (double, double) brightness, (double, double) noisiness, (double, double) timbre)
    {
        FamilyMatch[] matches =
        [
            Match(FeatureFamily.Harmony, harmony), Match(FeatureFamily.Loudness, loudness), Match(FeatureFamily.Brightness, brightness),
            Match(FeatureFamily.Noisiness, noisiness), Match(FeatureFamily.Timbre, timbre),
        ];
        return TextIn(culture).Sentences(new Explanation(matches));
    }

    private static FamilyMatch Match(FeatureFamily family, (double Asked, double Found) level) =>
        new(family, level.Asked * level.Found, [level.Asked], [level.Found]);

    private IStringLocalizer<Text> TextIn(string culture)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
        return app.Services.GetRequiredService<IStringLocalizer<Text>>();
    }
}
