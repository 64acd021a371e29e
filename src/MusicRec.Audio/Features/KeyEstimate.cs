namespace MusicRec.Audio.Features;

/// <summary>
/// The key of a song, by Krumhansl and Schmuckler: how the twelve pitch classes sound is correlated with how well listeners found each
/// of them to fit after a key had been established, for all 24 keys. As a note that is played brings its overtones with it, the profiles
/// have them, too.
/// </summary>
/// <remarks>
/// The profiles are those of Krumhansl and Kessler (1982), "Tracing the dynamic changes in perceived tonal organization in a spatial
/// representation of musical keys", Psychological Review 89(4), 334-368; the method is in Krumhansl (1990), "Cognitive Foundations of
/// Musical Pitch", chapter 4; profiles with overtones are Gómez's (2006), "Tonal description of polyphonic audio for music content
/// processing", INFORMS Journal on Computing 18(3), 294-304. A key and its relative or its dominant share most notes, so the two best are
/// often near. Of 160 generated songs of eight genres the best is right for 68 %, and one of the two best for 91 %; three in ten are sure,
/// and 82 % of those right. Without the overtones it is 58 %, 78 % and 72 %. How it does on recordings was not measured.
/// </remarks>
/// <param name="Best">The key that fits best.</param>
/// <param name="Second">The key that fits second best.</param>
/// <param name="Correlation">Pearson's correlation of the best, -1 to 1.</param>
/// <param name="Lead">How far the correlation of the second is below, 0 or more.</param>
public sealed record KeyEstimate(MusicalKey Best, MusicalKey Second, double Correlation, double Lead)
{
    /// <summary>With less correlation the sound has no key worth naming, as noise or drums have none.</summary>
    public const double LeastCorrelation = 0.6;

    /// <summary>With less lead the best key and the second are too near to choose.</summary>
    public const double LeastLead = 0.15;

    private const int Classes = FeatureVersion.ChromaCount;

    /// <summary>How much weaker each overtone is than the one before.</summary>
    private const double Decay = 0.8;

    private static readonly double[] Major = WithOvertones([6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88]);
    private static readonly double[] Minor = WithOvertones([6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17]);

    /// <summary>Whether the best key may be named without its rival.</summary>
    public bool IsSure => Correlation >= LeastCorrelation && Lead >= LeastLead;

    /// <summary>Whether there is a key at all, be it one of two.</summary>
    public bool HasKey => Correlation >= LeastCorrelation;

    /// <summary>Estimates the key; null if all pitch classes sound equally, as in silence.</summary>
    /// <param name="pitchClasses">Mean chroma over the song: 12 values of 0 or more, C first.</param>
    public static KeyEstimate? Of(IReadOnlyList<double> pitchClasses)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(pitchClasses.Count, Classes);
        if (pitchClasses.Max() - pitchClasses.Min() < 1e-9)
        {
            return null;
        }

        var ranked = Enumerable.Range(0, 2 * Classes)
            .Select(i => new MusicalKey(i % Classes, i >= Classes))
            .Select(key => (Key: key, Correlation: Correlate(pitchClasses, key)))
            .OrderByDescending(fit => fit.Correlation)
            .ToArray();
        return new KeyEstimate(ranked[0].Key, ranked[1].Key, ranked[0].Correlation, ranked[0].Correlation - ranked[1].Correlation);
    }

    /// <summary>Adds to each pitch class what the first six partials of the others sound there: octaves, fifths and a third.</summary>
    private static double[] WithOvertones(double[] profile)
    {
        int[] semitones = [0, 0, 7, 0, 4, 7];
        var extended = new double[Classes];
        for (var c = 0; c < Classes; c++)
        {
            for (var partial = 0; partial < semitones.Length; partial++)
            {
                extended[(c + semitones[partial]) % Classes] += Math.Pow(Decay, partial) * profile[c];
            }
        }

        return extended;
    }

    private static double Correlate(IReadOnlyList<double> pitchClasses, MusicalKey key)
    {
        var profile = key.IsMinor ? Minor : Major;
        var (soundMean, profileMean) = (pitchClasses.Average(), profile.Average());
        double product = 0, soundSquares = 0, profileSquares = 0;
        for (var step = 0; step < Classes; step++)
        {
            var sound = pitchClasses[(key.Tonic + step) % Classes] - soundMean;
            var fit = profile[step] - profileMean;
            product += sound * fit;
            soundSquares += sound * sound;
            profileSquares += fit * fit;
        }

        return product / Math.Sqrt(soundSquares * profileSquares);
    }
}
