namespace MusicRec.Catalog.Demo.Synthesis.Instruments;

/// <summary>How loud a tone is over time.</summary>
/// <param name="Attack">Seconds from silence to full.</param>
/// <param name="Decay">Seconds in which the part above the sustain level loses 60 dB.</param>
/// <param name="Sustain">Level while the key is held, 0 to 1.</param>
/// <param name="Release">Seconds in which it loses 60 dB after the key.</param>
internal readonly record struct Envelope(double Attack, double Decay, double Sustain, double Release)
{
    /// <summary>Seconds until the tone is gone.</summary>
    public double Length(double held) => held + Release;

    public double At(double seconds, double held)
    {
        var sounding = Math.Min(seconds, held);
        var level = sounding < Attack
            ? sounding / Attack
            : Sustain + (1 - Sustain) * Numeric.Decay(sounding - Attack, Decay);
        return seconds <= held ? level : level * Numeric.Decay(seconds - held, Release);
    }
}
