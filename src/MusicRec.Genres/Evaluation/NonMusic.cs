using MusicRec.Audio;
using MusicRec.Audio.Encoding;
using MusicRec.Audio.Features;

namespace MusicRec.Genres.Tests;

/// <summary>Sounds that are no music, five seconds each.</summary>
internal static class NonMusic
{
    private const int Rate = 22050;
    private const int Length = 5 * Rate;

    /// <summary>Name and feature vector of every sound.</summary>
    public static IReadOnlyList<(string Name, FeatureVector Features)> Vectors { get; } = [.. Sounds().AsParallel().AsOrdered().Select(sound => (sound.Name, Analyze(sound.Sound)))];

    private static IEnumerable<(string Name, Func<int, double> Sound)> Sounds()
    {
        yield return ("silence", _ => 0);
        foreach (var level in new[] { 0.003, 0.03, 0.3, 0.9 })
        {
            yield return ($"DC {level}", _ => level);
            yield return ($"white noise {level}", White(level));
            yield return ($"pink noise {level}", Pink(level));
        }

        foreach (var level in new[] { 0.01, 0.1, 0.8 })
        {
            foreach (var pitch in new[] { 30, 55, 110, 220, 261.6, 440, 880, 1000, 2000, 4000, 8000, 10000 })
            {
                yield return ($"tone {pitch} Hz {level}", i => level * Math.Sin(2 * Math.PI * pitch * i / Rate));
            }

            foreach (var period in new[] { 0.1, 0.5, 1 })
            {
                yield return ($"click every {period} s {level}", i => i % (int)(period * Rate) == 0 ? level : 0);
            }

            foreach (var (from, to) in new[] { (20.0, 10000.0), (100.0, 1000.0), (1000.0, 8000.0), (5000.0, 50.0) })
            {
                var growth = Math.Log(to / from);
                yield return ($"sweep {from} to {to} Hz {level}", i => level * Math.Sin(2 * Math.PI * from * Length / Rate / growth * (Math.Exp(growth * i / Length) - 1)));
            }
        }
    }

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
