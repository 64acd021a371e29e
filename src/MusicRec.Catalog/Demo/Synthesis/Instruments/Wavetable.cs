namespace MusicRec.Catalog.Demo.Synthesis.Instruments;

/// <summary>One period of a wave, stored for each octave with only the harmonics that fit below 20 kHz.</summary>
internal sealed class Wavetable
{
    public const int Size = 1 << SizeBits;

    private const int SizeBits = 11;
    private const int FractionBits = 32 - SizeBits;
    private const float FractionScale = 1f / (1 << FractionBits);
    private const int MaxHarmonics = 256;
    private const double MaxFrequency = 20_000;

    private static readonly double[] SinePeriod = [.. Enumerable.Range(0, Size).Select(i => Numeric.Sine((double)i / Size))];

    private readonly float[][] _octaves;

    private Wavetable(Func<int, double> amplitude)
    {
        var harmonics = Enumerable.Range(1, MaxHarmonics).Select(amplitude).ToArray();
        _octaves = [.. Counts().Select(count => MakePeriod(harmonics.AsSpan(0, count)))];
    }

    public static Wavetable Sine { get; } = new(harmonic => harmonic == 1 ? 1 : 0);

    public static Wavetable Saw { get; } = new(harmonic => 1.0 / harmonic);

    public static Wavetable Square { get; } = new(harmonic => harmonic % 2 == 1 ? 1.0 / harmonic : 0);

    public static Wavetable Triangle { get; } = new(harmonic => harmonic % 2 == 1 ? (harmonic % 4 == 1 ? 1.0 : -1.0) / (harmonic * harmonic) : 0);

    /// <summary>Strong lower harmonics that fall off late, as a trumpet's do.</summary>
    public static Wavetable Brass { get; } = new(harmonic => 1 / (1 + 0.02 * harmonic * harmonic * Math.Sqrt(harmonic)));

    /// <summary>Reeds: odd harmonics stronger than even ones.</summary>
    public static Wavetable Reed { get; } = new(harmonic => (harmonic % 2 == 1 ? 1.0 : 0.45) / harmonic);

    /// <summary>A struck string soon after the hammer.</summary>
    public static Wavetable PianoBright { get; } = new(harmonic => harmonic % 8 == 0 ? 0 : 1 / (harmonic * (1 + 0.06 * harmonic)));

    /// <summary>A struck string that has sounded for a while.</summary>
    public static Wavetable PianoSoft { get; } = new(harmonic => 1.0 / (harmonic * harmonic * Math.Sqrt(harmonic)));

    /// <summary>The period to use for a frequency in Hz; <see cref="Size"/> samples and the first one again.</summary>
    public float[] Period(double frequency)
    {
        var octave = 0;
        while (octave < _octaves.Length - 1 && (MaxHarmonics >> octave) * frequency > MaxFrequency)
        {
            octave++;
        }

        return _octaves[octave];
    }

    /// <summary>The wave at a 32-bit phase.</summary>
    public static float Read(float[] period, uint phase)
    {
        var index = (int)(phase >> FractionBits);
        var low = period[index];
        return low + (phase & ((1 << FractionBits) - 1)) * FractionScale * (period[index + 1] - low);
    }

    private static IEnumerable<int> Counts()
    {
        for (var count = MaxHarmonics; count >= 1; count /= 2)
        {
            yield return count;
        }
    }

    private static float[] MakePeriod(ReadOnlySpan<double> harmonics)
    {
        var sums = new double[Size];
        for (var harmonic = 1; harmonic <= harmonics.Length; harmonic++)
        {
            for (var i = 0; i < Size && harmonics[harmonic - 1] != 0; i++)
            {
                sums[i] += harmonics[harmonic - 1] * SinePeriod[i * harmonic % Size];
            }
        }

        // Equal power, so that a patch is as loud with one wave as with another.
        var power = Math.Sqrt(sums.Sum(value => value * value) / Size * 2);
        return [.. sums.Select(value => (float)(value / power)), (float)(sums[0] / power)];
    }
}
