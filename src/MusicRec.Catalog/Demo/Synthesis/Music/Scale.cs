namespace MusicRec.Catalog.Demo.Synthesis.Music;

/// <summary>Semitones above the tonic from which melodies are made.</summary>
internal static class Scale
{
    public static readonly int[] Major = [0, 2, 4, 5, 7, 9, 11];
    public static readonly int[] Minor = [0, 2, 3, 5, 7, 8, 10];
    public static readonly int[] MajorPentatonic = [0, 2, 4, 7, 9];
    public static readonly int[] MinorPentatonic = [0, 3, 5, 7, 10];

    /// <summary>Minor without its fourth and seventh: the sound of trot since the 1930s.</summary>
    public static readonly int[] TrotMinor = [0, 2, 3, 7, 8];

    /// <summary>All pitches of the scale from <paramref name="lowest"/> to <paramref name="highest"/>.</summary>
    public static int[] Pitches(int[] scale, int tonic, int lowest, int highest) =>
        [.. Enumerable.Range(lowest, highest - lowest + 1).Where(pitch => scale.Contains((pitch - tonic + 120) % 12))];
}
