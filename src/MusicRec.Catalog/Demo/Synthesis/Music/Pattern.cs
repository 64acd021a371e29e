namespace MusicRec.Catalog.Demo.Synthesis.Music;

/// <summary>One stroke of a pattern.</summary>
/// <param name="Step">Sixteenths after the start of the pattern.</param>
/// <param name="Steps">Length in sixteenths.</param>
/// <param name="Symbol">The character that stands there.</param>
internal readonly record struct Stroke(int Step, int Steps, char Symbol);

/// <summary>Reads rhythms written one character a sixteenth: <c>.</c> is a rest, <c>-</c> holds, anything else is a stroke.</summary>
internal static class Pattern
{
    public static IEnumerable<Stroke> Read(string pattern)
    {
        for (var step = 0; step < pattern.Length; step++)
        {
            if (pattern[step] is not ('.' or '-'))
            {
                var end = step + 1;
                while (end < pattern.Length && pattern[end] == '-')
                {
                    end++;
                }

                yield return new Stroke(step, end - step, pattern[step]);
            }
        }
    }

    /// <summary>Loudness of a stroke: <c>X</c> accent, <c>x</c> ordinary, <c>o</c> soft.</summary>
    public static double Velocity(char symbol) => symbol switch { 'X' => 1.15, 'x' => 0.9, 'o' => 0.45, _ => 0.9 };
}
