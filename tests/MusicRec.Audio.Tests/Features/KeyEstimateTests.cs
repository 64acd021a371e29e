using CsCheck;
using MusicRec.Audio.Features;

namespace MusicRec.Audio.Tests.Features;

public sealed class KeyEstimateTests
{
    private static readonly int[] MajorScale = [0, 2, 4, 5, 7, 9, 11, 12];
    private static readonly int[] HarmonicMinorScale = [0, 2, 3, 5, 7, 8, 11, 12];

    public static TheoryData<int, bool> Keys => [.. Enumerable.Range(0, 24).Select(i => (i % 12, i >= 12))];

    /// <summary>The chords of a cadence, I IV V I or i iv V i, each with some overtones.</summary>
    [Theory]
    [MemberData(nameof(Keys))]
    public void Of_Cadence_IsItsKeyForSure(int tonic, bool isMinor)
    {
        var third = isMinor ? 3 : 4;
        int[][] chords = [[0, third, 7], [5, 5 + third, 12], [7, 11, 14], [0, third, 7]];

        var key = Listen(chords.Select(chord => chord.Select(note => 60 + tonic + note).ToArray()));

        Assert.Equal(new MusicalKey(tonic, isMinor), key.Best);
        Assert.True(key.IsSure, $"correlation {key.Correlation:F3}, lead {key.Lead:F3}");
    }

    /// <summary>A scale up and down with its tonic held below.</summary>
    [Theory]
    [MemberData(nameof(Keys))]
    public void Of_Scale_IsItsKey(int tonic, bool isMinor)
    {
        var scale = isMinor ? HarmonicMinorScale : MajorScale;

        var key = Listen(scale.Concat(scale.Reverse()).Select(note => (int[])[48 + tonic, 60 + tonic + note]));

        Assert.Equal(new MusicalKey(tonic, isMinor), key.Best);
    }

    /// <summary>Of a diminished chord each note is as good a tonic as any other.</summary>
    [Theory]
    [InlineData(0, 3, 6, 9)]
    [InlineData(0, 4, 8, 12)]
    public void Of_ChordThatBelongsToSeveralKeysAlike_IsNotSure(params int[] chord) =>
        Assert.False(Listen([[.. chord.Select(note => 60 + note)]]).IsSure);

    [Fact]
    public void Of_Noise_IsNotSure() => Assert.False(Of(Signals.Noise(10 * FeatureVersion.SampleRate, seed: 4)).IsSure);

    [Fact]
    public void Of_SilenceAndEvenSound_IsNone()
    {
        Assert.Null(KeyEstimate.Of(new double[12]));
        Assert.Null(KeyEstimate.Of([.. Enumerable.Repeat(0.4, 12)]));
    }

    /// <summary>The same music some semitones higher is in the key that many semitones higher, as surely.</summary>
    [Fact]
    public void Of_TransposedSound_IsTheTransposedKey() => Gen.Double[0, 1].Array[12].Select(Gen.Int[0, 11]).Sample((sound, steps) =>
    {
        double[] higher = [.. Enumerable.Range(0, 12).Select(c => sound[(c - steps + 12) % 12])];

        var (key, transposed) = (KeyEstimate.Of(sound)!, KeyEstimate.Of(higher)!);

        Assert.Equal(key.Best with { Tonic = (key.Best.Tonic + steps) % 12 }, transposed.Best);
        Assert.Equal(key.Lead, transposed.Lead, 1e-9);
        Assert.InRange(key.Correlation, -1, 1);
        Assert.True(key.Lead >= 0);
    });

    private static KeyEstimate Listen(IEnumerable<int[]> chords) => Of([.. chords.SelectMany(Play)]);

    private static KeyEstimate Of(float[] samples)
    {
        using var wav = new MemoryStream();
        Audio.Encoding.WavWriter.Write(wav, samples, 1, FeatureVersion.SampleRate);
        wav.Position = 0;
        return KeyEstimate.Of(SongAnalyzer.Portray(wav).Portrait.PitchClasses)!;
    }

    /// <summary>Half a second of some notes by their MIDI numbers, each with four overtones that fall by half.</summary>
    private static float[] Play(int[] notes) => [.. Enumerable.Range(0, FeatureVersion.SampleRate / 2).Select(n => (float)notes.Sum(note =>
    {
        var hertz = 440 * Math.Pow(2, (note - 69) / 12.0);
        var sound = Enumerable.Range(1, 4).Sum(overtone => Math.Pow(0.5, overtone - 1) * Math.Sin(2 * Math.PI * hertz * overtone * n / FeatureVersion.SampleRate));
        return 0.08 * sound * Math.Min(1, (FeatureVersion.SampleRate / 2 - n) / 500.0);
    }))];
}
