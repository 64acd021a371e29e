namespace MusicRec.Catalog.Demo.Synthesis.Music;

/// <summary>Turns bars and sixteenths into seconds.</summary>
/// <param name="Tempo">Quarter notes per minute.</param>
/// <param name="Swing">How late every second sixteenth comes, as a share of a sixteenth: 0 straight, 0.33 triplets.</param>
internal sealed record Timeline(double Tempo, double Swing)
{
    public const int StepsPerBar = 16;

    public double StepSeconds => 60 / Tempo / 4;

    public double BarSeconds => StepSeconds * StepsPerBar;

    public double Seconds(int bar, double step)
    {
        var pair = Math.Floor(step / 2) * 2;
        var inPair = step - pair;
        var swung = inPair < 1 ? inPair * (1 + Swing) : 1 + Swing + (inPair - 1) * (1 - Swing);
        return bar * BarSeconds + (pair + swung) * StepSeconds;
    }
}
