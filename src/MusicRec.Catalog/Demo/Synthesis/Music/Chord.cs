namespace MusicRec.Catalog.Demo.Synthesis.Music;

/// <summary>A chord in a key.</summary>
/// <param name="Root">Pitch class of the root, 0 (C) to 11 (B).</param>
/// <param name="Intervals">Semitones above the root, the root's 0 first.</param>
internal sealed record Chord(int Root, int[] Intervals)
{
    private static readonly (string Numeral, int Semitones)[] Degrees =
        [("VII", 11), ("VI", 9), ("IV", 5), ("V", 7), ("III", 4), ("II", 2), ("I", 0)];

    /// <summary>Reads chords in Roman numerals, e.g. <c>i bVI IVmaj7 V7</c>: small letters for minor, <c>b</c> for a lowered degree.</summary>
    /// <param name="numerals">The chords, separated by spaces.</param>
    /// <param name="tonic">Pitch class of the key.</param>
    public static Chord[] Parse(string numerals, int tonic) => [.. numerals.Split(' ').Select(numeral => ParseOne(numeral, tonic))];

    /// <summary>Whether the pitch belongs to the chord in any octave.</summary>
    public bool Contains(int pitch) => Array.Exists(Intervals, interval => (pitch - Root - interval) % 12 == 0);

    /// <summary>The chord's pitches from low to high, each in the octave nearest to <paramref name="center"/>: neighbouring chords then move little.</summary>
    public int[] Voice(int center) => [.. Intervals.Select(interval => Near(Root + interval, center)).Order()];

    /// <summary>The root or a note above it in the octave that starts at <paramref name="lowest"/>.</summary>
    public int Bass(int lowest, int interval = 0) => Near(Root, lowest + 6) + interval;

    private static int Near(int pitchClass, int center)
    {
        var lowest = center - 6;
        return lowest + (((pitchClass - lowest) % 12) + 12) % 12;
    }

    private static Chord ParseOne(string numeral, int tonic)
    {
        var lowered = numeral.StartsWith('b') ? 1 : 0;
        var rest = numeral[lowered..];
        var (name, semitones) = Array.Find(Degrees, degree => rest.StartsWith(degree.Numeral, StringComparison.OrdinalIgnoreCase));
        var minor = char.IsLower(rest[0]);
        int[] intervals = (rest[name.Length..], minor) switch
        {
            ("", false) => [0, 4, 7],
            ("", true) => [0, 3, 7],
            ("5", _) => [0, 7],
            ("7", false) => [0, 4, 7, 10],
            ("7", true) => [0, 3, 7, 10],
            ("9", false) => [0, 4, 7, 10, 14],
            ("9", true) => [0, 3, 7, 10, 14],
            ("maj7", _) => [0, 4, 7, 11],
            ("maj9", _) => [0, 4, 7, 11, 14],
            ("sus", _) => [0, 5, 7],
            ("add9", _) => [0, 4, 7, 14],
            _ => throw new ArgumentException($"'{numeral}' is no chord.", nameof(numeral)),
        };
        return new Chord((tonic + semitones - lowered + 12) % 12, intervals);
    }
}
