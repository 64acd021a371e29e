using MusicRec.Audio.Encoding;
using MusicRec.Audio.Features;

namespace MusicRec.Benchmarks;

/// <summary>Made-up songs of 30 seconds: four chords, a drum, and some noise.</summary>
internal static class Songs
{
    private static readonly double[][] Chords = [[220, 277.2, 329.6], [246.9, 311.1, 370], [196, 246.9, 293.7], [174.6, 220, 261.6]];

    /// <summary>A 16-bit WAV file in memory; channels differ by their noise.</summary>
    public static byte[] Wav(int rate, int channels)
    {
        const double SecondsPerBeat = 60.0 / 124;
        var random = new Random(1);
        var samples = new float[FeatureVersion.MaxSeconds * rate * channels];
        for (var n = 0; n < samples.Length; n++)
        {
            var time = (double)(n / channels) / rate;
            var beat = time / SecondsPerBeat;
            var decay = Math.Exp(-2 * (beat % 1));
            var chord = Chords[(int)(beat / 4) % Chords.Length].Sum(hz => Math.Sin(2 * Math.PI * hz * time));
            var drum = Math.Sin(2 * Math.PI * 55 * time) * Math.Pow(decay, 3);
            var noise = random.NextDouble() - 0.5;
            samples[n] = (float)(0.1 * chord * decay + 0.4 * drum + 0.2 * noise * Math.Pow(decay, 8) + 0.01 * noise);
        }

        using var wav = new MemoryStream();
        WavWriter.Write(wav, samples, channels, rate);
        return wav.ToArray();
    }
}
