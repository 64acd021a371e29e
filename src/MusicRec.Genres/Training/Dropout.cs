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
            value = random.NextDouble() < share ? 0 : Gain * value;
        }
    }
}
