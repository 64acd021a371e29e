namespace MusicRec.Genres.Training;

/// <summary>Srivastava and others' dropout (2014), inverted: what stays is scaled up while training, so that scoring needs no change.</summary>
/// <param name="share">Share of neurons silenced, 0 or more and below 1.</param>
/// <param name="random">Decides which.</param>
internal sealed class Dropout(double share, Random random)
{
    /// <summary>By what the remaining neurons are multiplied.</summary>
    public float Gain { get; } = (float)(1 / (1 - share));

    /// <summary>Silences each value with the given probability.</summary>
    public void Apply(Span<float> activations)
    {
        foreach (ref var value in activations)
        {
            value = KeepIf(random.NextDouble() >= share, Gain * value);
        }
    }

    /// <summary>The value or 0, without a branch: which of them comes cannot be foretold, and a processor that guesses wrong waits.</summary>
    public static float KeepIf(bool keep, float value) =>
        BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(value) & (keep ? -1 : 0));
}
