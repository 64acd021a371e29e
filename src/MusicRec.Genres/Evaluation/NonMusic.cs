using MusicRec.Audio;
using MusicRec.Audio.Encoding;
using MusicRec.Audio.Features;

namespace MusicRec.Genres.Evaluation;

/// <summary>A sound that is no music.</summary>
/// <param name="Name">What it is, with its level (1 is full scale).</param>
/// <param name="Features">Its features.</param>
public sealed record NonMusicSound(string Name, FeatureVector Features);

/// <summary>
/// Sounds that a genre model should refuse, five seconds each at several levels: silence, a constant voltage, white and pink noise,
/// single tones, clicks and sweeps. They are chosen, not drawn: a share of them has no interval.
/// </summary>
public static class NonMusic
{
    private const int Rate = 22050;
    private const int Length = 5 * Rate;

    /// <summary>Makes and analyses every sound, on all processors; always the same, in the same order.</summary>
    public static IReadOnlyList<NonMusicSound> Analyze(CancellationToken cancellationToken = default)
    {
        var sounds = Sounds().ToArray();
        var analysed = new NonMusicSound[sounds.Length];
        var options = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, sounds.Length, options, i => analysed[i] = new NonMusicSound(sounds[i].Name, Analyze(sounds[i].Sound)));
        return analysed;
    }

    /// <summary>Whether a table's columns are features of this program, so that the sounds can be measured as its songs were.</summary>
    internal static bool Fits(IReadOnlyList<string> columns) => columns.All(FeatureVector.ColumnNames.Contains);

    /// <summary>A sound as a row of a table whose columns fit.</summary>
    internal static ReadOnlyMemory<double> RowOf(NonMusicSound sound, IReadOnlyList<string> columns)
    {
        var names = FeatureVector.ColumnNames.ToList();
        return columns.Select(column => sound.Features.Values[names.IndexOf(column)]).ToArray();
    }

    private static IEnumerable<(string Name, Func<int, double> Sound)> Sounds()
    {
        yield return ("silence", _ => 0);
        foreach (var level in new[] { 0.003, 0.03, 0.3, 0.9 })
        {
            yield return (Named($"DC {level}"), _ => level);
            yield return (Named($"white noise {level}"), White(level));
            yield return (Named($"pink noise {level}"), Pink(level));
        }

        foreach (var level in new[] { 0.01, 0.1, 0.8 })
        {
            foreach (var pitch in new[] { 30, 55, 110, 220, 261.6, 440, 880, 1000, 2000, 4000, 8000, 10000 })
            {
                yield return (Named($"tone {pitch} Hz {level}"), i => level * Math.Sin(2 * Math.PI * pitch * i / Rate));
            }

            foreach (var period in new[] { 0.1, 0.5, 1 })
            {
                yield return (Named($"click every {period} s {level}"), i => i % (int)(period * Rate) == 0 ? level : 0);
            }

            foreach (var (from, to) in new[] { (20.0, 10000.0), (100.0, 1000.0), (1000.0, 8000.0), (5000.0, 50.0) })
            {
                var growth = Math.Log(to / from);
                yield return (Named($"sweep {from} to {to} Hz {level}"), i => level * Math.Sin(2 * Math.PI * from * Length / Rate / growth * (Math.Exp(growth * i / Length) - 1)));
            }
        }
    }

    private static string Named(FormattableString name) => FormattableString.Invariant(name);

    private static Func<int, double> White(double level)
    {
        var random = new Random(1);
        return _ => level * (2 * random.NextDouble() - 1);
    }

    /// <summary>Sum of Voss and McCartney's rows: row k changes every 2 to the k samples.</summary>
    private static Func<int, double> Pink(double level)
    {
        var random = new Random(2);
        var rows = new double[14];
        return i =>
        {
            var row = Math.Min(int.TrailingZeroCount(i + 1), rows.Length - 1);
            rows[row] = 2 * random.NextDouble() - 1;
            return level * rows.Sum() / 7;
        };
    }

    private static FeatureVector Analyze(Func<int, double> sound)
    {
        var samples = new float[Length];
        for (var i = 0; i < Length; i++)
        {
            samples[i] = (float)Math.Clamp(sound(i), -1, 1);
        }

        using var wav = new MemoryStream();
        WavWriter.Write(wav, samples, 1, Rate);
        wav.Position = 0;
        return SongAnalyzer.Analyze(wav).Features;
    }
}
