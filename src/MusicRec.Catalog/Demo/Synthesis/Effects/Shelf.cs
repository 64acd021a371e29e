namespace MusicRec.Catalog.Demo.Synthesis.Effects;

/// <summary>The last equaliser of a song: takes away what is too low to hear, and raises or lowers the highs.</summary>
internal static class Shelf
{
    private const double LowestFrequency = 20;
    private const double HighFrequency = 4000;

    /// <summary>Adds the share <paramref name="amount"/> of the highs; a negative one takes them away.</summary>
    public static void Apply(Span<float> side, double amount)
    {
        var (rumblePole, lowPole) = (Pole(LowestFrequency), Pole(HighFrequency));
        var share = (float)amount;
        var (rumble, low) = (0f, 0f);
        for (var i = 0; i < side.Length; i++)
        {
            rumble = (1 - rumblePole) * side[i] + rumblePole * rumble;
            low = (1 - lowPole) * side[i] + lowPole * low;
            side[i] += share * (side[i] - low) - rumble;
        }
    }

    private static float Pole(double frequency) => 1 - (float)Math.Min(1, 2 * Math.PI * frequency / Numeric.SampleRate);
}
