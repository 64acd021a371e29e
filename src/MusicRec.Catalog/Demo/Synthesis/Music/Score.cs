namespace MusicRec.Catalog.Demo.Synthesis.Music;

/// <summary>Writes parts over a chord progression that repeats to the end of the song.</summary>
/// <param name="chords">The progression.</param>
/// <param name="stepsPerChord">Sixteenths that each chord lasts.</param>
internal sealed class Score(Chord[] chords, int stepsPerChord)
{
    public Chord ChordAt(int bar, double step) =>
        chords[(int)((bar * Timeline.StepsPerBar + step) / stepsPerChord) % chords.Length];

    /// <summary>Strokes of a drum from one bar to before another.</summary>
    public static IEnumerable<Note> Hits(string pattern, int firstBar, int endBar) =>
        Strokes(pattern, firstBar, endBar).Select(at => new Note(at.Bar, at.Stroke.Step, at.Stroke.Steps, 0, Pattern.Velocity(at.Stroke.Symbol)));

    /// <summary>The whole chord on every stroke; <paramref name="strum"/> sixteenths from string to string.</summary>
    public IEnumerable<Note> Comp(string pattern, int firstBar, int endBar, int center, double strum = 0) =>
        from at in Strokes(pattern, firstBar, endBar)
        from voice in ChordAt(at.Bar, at.Stroke.Step).Voice(center).Index()
        select new Note(
            at.Bar, at.Stroke.Step + voice.Index * strum, at.Stroke.Steps, voice.Item, Pattern.Velocity(at.Stroke.Symbol));

    /// <summary>Single notes of the chord: <c>0</c> is the lowest voice, <c>1</c> the next; beyond the highest they go on an octave up.</summary>
    public IEnumerable<Note> Arpeggio(string pattern, int firstBar, int endBar, int center) =>
        from at in Strokes(pattern, firstBar, endBar)
        let voices = ChordAt(at.Bar, at.Stroke.Step).Voice(center)
        let index = at.Stroke.Symbol - '0'
        let pitch = voices[index % voices.Length] + 12 * (index / voices.Length)
        select new Note(at.Bar, at.Stroke.Step, at.Stroke.Steps, pitch, at.Stroke.Step % 4 == 0 ? 1 : 0.8);

    /// <summary>A bass line: <c>r</c> root, <c>f</c> fifth above, <c>l</c> fifth below the octave's root, <c>o</c> octave.</summary>
    public IEnumerable<Note> Bass(string pattern, int firstBar, int endBar, int lowest) =>
        from at in Strokes(pattern, firstBar, endBar)
        let interval = at.Stroke.Symbol switch { 'f' => 7, 'l' => -5, 'o' => 12, _ => 0 }
        let pitch = ChordAt(at.Bar, at.Stroke.Step).Bass(lowest, interval)
        select new Note(at.Bar, at.Stroke.Step, at.Stroke.Steps, pitch, at.Stroke.Step % 8 == 0 ? 1 : 0.85);

    private static IEnumerable<(int Bar, Stroke Stroke)> Strokes(string pattern, int firstBar, int endBar)
    {
        var bars = pattern.Length / Timeline.StepsPerBar;
        return
            from bar in Enumerable.Range(firstBar, Math.Max(0, endBar - firstBar))
            let offset = (bar - firstBar) % bars * Timeline.StepsPerBar
            from stroke in Pattern.Read(pattern.Substring(offset, Timeline.StepsPerBar))
            select (bar, stroke);
    }
}
