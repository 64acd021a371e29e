namespace MusicRec.Audio.Features;

/// <summary>
/// The weights of <see cref="ChromaFilterBank"/> without those that are as good as zero: a class three semitones from a
/// bin weighs exp(-18) = 1.5e-8 of the one at it. Half of the products go, and no chroma moves by more than 1e-7.
/// </summary>
internal sealed class SparseChromaBank
{
    /// <summary>Neighbouring classes that keep their weight.</summary>
    public const int Width = 6;

    /// <summary>Bins below this one keep all twelve: their pitches are far apart, and there are few.</summary>
    public const int FirstSparseBin = 41;

    private const int Classes = FeatureVersion.ChromaCount;

    private static readonly SparseChromaBank?[] ByTuning = new SparseChromaBank[Tuning.BinCount];

    private SparseChromaBank(double tuning)
    {
        var weights = ChromaFilterBank.Make(tuning);
        var pitches = ChromaFilterBank.BinPitches(tuning);
        Low = weights[..(FirstSparseBin * Classes)];
        Weights = new float[FeatureVersion.BinCount * Width];
        var runs = new List<Run>();
        for (var k = FirstSparseBin; k < FeatureVersion.BinCount; k++)
        {
            // Two semitones below the bin to three above it. Pitches count from A, classes from C.
            var firstClass = ((int)Math.Floor(pitches[k]) - 2 + 9) % Classes;
            for (var i = 0; i < Width; i++)
            {
                Weights[k * Width + i] = weights[k * Classes + (firstClass + i) % Classes];
            }

            if (runs.Count > 0 && runs[^1].FirstClass == firstClass)
            {
                runs[^1] = runs[^1] with { End = k + 1 };
            }
            else
            {
                runs.Add(new Run(k, k + 1, firstClass));
            }
        }

        Runs = [.. runs];
    }

    /// <summary>Bins within one semitone, which share their classes: <see cref="Width"/> from the first on, after B comes C.</summary>
    public readonly record struct Run(int Start, int End, int FirstClass);

    /// <summary>All weights of the low bins: bin k, class c at <c>k * 12 + c</c>.</summary>
    public float[] Low { get; }

    /// <summary>The runs from <see cref="FirstSparseBin"/> on, without gaps.</summary>
    public Run[] Runs { get; }

    /// <summary>Bin k, class i of its run at <c>k * 6 + i</c>; unused for the low bins.</summary>
    public float[] Weights { get; }

    /// <summary>The bank for a tuning (a bin of its histogram), made once for each of the hundred.</summary>
    public static SparseChromaBank For(int tuningBin)
    {
        // Two threads may make the same bank at once; they are equal, and one of them stays.
        return Volatile.Read(ref ByTuning[tuningBin])
            ?? Publish(new SparseChromaBank(Tuning.OfBin(tuningBin)));

        SparseChromaBank Publish(SparseChromaBank bank) => Interlocked.CompareExchange(ref ByTuning[tuningBin], bank, null) ?? bank;
    }
}
