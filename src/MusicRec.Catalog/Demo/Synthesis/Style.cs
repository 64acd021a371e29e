namespace MusicRec.Catalog.Demo.Synthesis;

/// <summary>What the songs of a genre have in common before a note is played.</summary>
/// <param name="SlowestTempo">Quarter notes per minute.</param>
/// <param name="FastestTempo">Quarter notes per minute.</param>
/// <param name="Loudness">Root mean square in dB below full scale; songs differ by 2 dB to either side.</param>
/// <param name="Harmonies">Scales, each with the chords of a progression in it.</param>
internal sealed record Style(double SlowestTempo, double FastestTempo, double Loudness, (int[] Scale, string Chords)[] Harmonies)
{
    /// <summary>Sixteenths that a chord lasts.</summary>
    public int StepsPerChord { get; init; } = 16;

    /// <summary>Least and most swing of the sixteenths.</summary>
    public (double Least, double Most) Swing { get; init; }

    /// <summary>Seconds by which players miss the beat; 0 for machines.</summary>
    public double Looseness { get; init; }

    /// <summary>Least and most reverb in seconds.</summary>
    public (double Least, double Most) RoomSeconds { get; init; } = (0.8, 1.2);

    /// <summary>Darkest and brightest setting of the highs.</summary>
    public (double Least, double Most) Brilliance { get; init; } = (-0.15, 0.25);
}
