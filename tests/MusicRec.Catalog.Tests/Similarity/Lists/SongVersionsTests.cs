using CsCheck;
using MusicRec.Catalog.Similarity.Lists;

namespace MusicRec.Catalog.Tests.Similarity.Lists;

public sealed class SongVersionsTests
{
    [Theory]
    [InlineData("좋은 날", "좋은날")]
    [InlineData("좋은 날", "좋은 날 (Live)")]
    [InlineData("좋은 날", "좋은 날 [2011 Remastered]")]
    [InlineData("좋은 날", "좋은 날 (라이브 버전)")]
    [InlineData("좋은 날", "좋은 날 (Inst.)")]
    [InlineData("좋은 날", "좋은 날 (MR)")]
    [InlineData("좋은 날", "좋은 날 - Acoustic Ver.")]
    [InlineData("Nice Day", "NICE DAY - Remastered 2011")]
    [InlineData("Nice Day", "Nice Day (feat. Somebody)")]
    [InlineData("Nice Day", "Nice Day ft. Somebody")]
    [InlineData("Nice Day", "Ｎｉｃｅ　Ｄａｙ（Ｌｉｖｅ）")]
    [InlineData("Beyonce", "Beyoncé")]
    [InlineData("Don't", "Don’t!")]
    public void OfTitle_VersionsOfOneSong_AreEqual(string title, string other) => Assert.Equal(NameForms.OfTitle(title), NameForms.OfTitle(other));

    [Theory]
    [InlineData("봄날 (Part 1)", "봄날 (Part 2)")]
    [InlineData("봄날 1", "봄날 2")]
    [InlineData("Alive", "A")]
    [InlineData("Live", "Forever")]
    [InlineData("Remix", "Mix")]
    [InlineData("Love", "Lover")]
    [InlineData("Intro - Winter", "Intro - Summer")]
    [InlineData("♥", "★")]
    public void OfTitle_DifferentSongs_Differ(string title, string other) => Assert.NotEqual(NameForms.OfTitle(title), NameForms.OfTitle(other));

    [Theory]
    [InlineData("아이유", "아이유 (feat. 슈가)")]
    [InlineData("아이유", "아이유 with 누구")]
    [InlineData("IU", "iu")]
    public void OfArtist_WithGuests_IsTheArtist(string artist, string other) => Assert.Equal(NameForms.OfArtist(artist), NameForms.OfArtist(other));

    [Fact]
    public void OfArtist_None_IsNone() => Assert.Equal(NameForms.None, NameForms.OfArtist(" "));

    [Fact]
    public void Forms_AnyText_AreThereAndDoNotHangOnCase() => Gen.String.Sample(text =>
    {
        Assert.Equal(NameForms.OfTitle(text), NameForms.OfTitle(text));
        Assert.True(NameForms.OfTitle($"a{text}") != NameForms.None || text.Length > 0);
    });

    [Fact]
    public void AreVersions_AnySongs_IsTheSameBothWaysAndTrueOfTheSongItself() =>
        Gen.Select(MadeLists.Facts, MadeLists.Facts, Gen.Double[-1, 1].Array[4], Gen.Double[-1, 1].Array[4]).Sample((left, right, leftSound, rightSound) =>
        {
            var (leftUnit, rightUnit) = (SeedBlend.Of([leftSound, leftSound], []), SeedBlend.Of([rightSound, rightSound], []));

            Assert.Equal(SongVersions.AreVersions(left, right, leftUnit, rightUnit), SongVersions.AreVersions(right, left, rightUnit, leftUnit));
            Assert.True(left.Seconds == 0 || leftUnit.All(value => value == 0) || SongVersions.AreVersions(left, left, leftUnit, leftUnit));
        });

    [Fact]
    public void AreVersions_NamesakesThatSoundDifferent_AreTwoSongs()
    {
        var intro = new SongFacts(1, 1, null, 100, 60, 0);

        Assert.False(SongVersions.AreVersions(intro, intro with { Seconds = 90 }, [1, 0], [0, 1]));
        Assert.True(SongVersions.AreVersions(intro, intro with { Seconds = 90 }, [1, 0], [0.8, 0.6]));
    }

    [Fact]
    public void AreVersions_OneRecordingUnderTwoNames_IsOne()
    {
        var song = new SongFacts(1, 1, null, 100, 60, 0);
        var copy = new SongFacts(2, 2, null, 100, 60.05f, 0);

        Assert.True(SongVersions.AreVersions(song, copy, [1, 0], [1, 0]));
        Assert.False(SongVersions.AreVersions(song, copy with { Seconds = 61 }, [1, 0], [1, 0]));
        Assert.False(SongVersions.AreVersions(song, copy, [1, 0], [0.97, 0.243]));
    }
}
