namespace MusicRec.Catalog.Demo.Synthesis.Music;

/// <summary>
/// Makes a tune by simple rules: phrases of two bars in the order A A' B A, mostly steps, chord tones on the strong beats,
/// every phrase ending on a chord tone.
/// </summary>
/// <param name="random">Decides the tune.</param>
/// <param name="score">Its chords.</param>
/// <param name="ladder">Pitches it may use, from low to high.</param>
/// <param name="rhythms">Bars of rhythm to choose from.</param>
internal sealed class Melody(RandomSource random, Score score, int[] ladder, string[] rhythms)
{
    private const int PhraseBars = 2;
    private const string Form = "ApBA";

    /// <summary>Writes the tune from one bar to before another, repeating the form as often as needed.</summary>
    public List<Note> Write(int firstBar, int endBar)
    {
        var first = MakePhrase(lift: 0);
        var varied = first with { Second = MakeContour(random.Pick(rhythms)) };
        var bridge = MakePhrase(lift: 2);
        var notes = new List<Note>();
        for (var bar = firstBar; bar < endBar; bar += PhraseBars)
        {
            var phrase = Form[(bar - firstBar) / PhraseBars % Form.Length] switch { 'A' => first, 'p' => varied, _ => bridge };
            var position = Sing(phrase.First, bar, ladder.Length / 2 + phrase.Start, notes);
            Sing(phrase.Second, bar + 1, position, notes);
        }

        return [.. notes.Where(note => note.Bar < endBar)];
    }

    private Phrase MakePhrase(int lift) =>
        new(random.Below(3) - 1 + lift, MakeContour(random.Pick(rhythms)), MakeContour(random.Pick(rhythms)));

    private (Stroke Stroke, int Move)[] MakeContour(string rhythm) => [.. Pattern.Read(rhythm).Select(stroke => (stroke, NextMove()))];

    private int NextMove()
    {
        var size = random.Unit() switch { < 0.15 => 0, < 0.82 => 1, < 0.94 => 2, _ => 3 };
        return random.Chance(0.5) ? size : -size;
    }

    private int Sing((Stroke Stroke, int Move)[] contour, int bar, int position, List<Note> notes)
    {
        foreach (var (index, (stroke, move)) in contour.Index())
        {
            position = Reflect(position + move);
            var strong = stroke.Step % 8 == 0 || index == contour.Length - 1;
            position = strong ? NearestChordTone(position, score.ChordAt(bar, stroke.Step)) : position;
            notes.Add(new Note(bar, stroke.Step, stroke.Steps, ladder[position], stroke.Step % 8 == 0 ? 1 : 0.85));
        }

        return position;
    }

    private int Reflect(int position) =>
        position < 0 ? -position : position >= ladder.Length ? 2 * (ladder.Length - 1) - position : position;

    private int NearestChordTone(int position, Chord chord)
    {
        for (var distance = 0; distance < ladder.Length; distance++)
        {
            foreach (var candidate in (ReadOnlySpan<int>)[position - distance, position + distance])
            {
                if (candidate >= 0 && candidate < ladder.Length && chord.Contains(ladder[candidate]))
                {
                    return candidate;
                }
            }
        }

        return position;
    }

    private sealed record Phrase(int Start, (Stroke Stroke, int Move)[] First, (Stroke Stroke, int Move)[] Second);
}
