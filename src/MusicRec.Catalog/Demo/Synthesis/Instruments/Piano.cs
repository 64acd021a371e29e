using MusicRec.Catalog.Demo.Synthesis.Music;

namespace MusicRec.Catalog.Demo.Synthesis.Instruments;

/// <summary>A struck string: a bright wave that dies soon over a soft one that lasts.</summary>
/// <param name="random">Where the waves begin.</param>
/// <param name="brightness">Share of the bright wave, 0 to 1.</param>
internal sealed class Piano(RandomSource random, double brightness) : Instrument
{
    private const double Release = 0.35;
    private const double StringDetune = 0.012;

    public override void Play(Span<float> track, Tone tone)
    {
        var lasting = 7 * Numeric.PowerOfTwo((60 - tone.Pitch) / 24);
        var soft = new Envelope(0.003, lasting, 0, Release);
        var bright = new Envelope(0.001, lasting * 0.25, 0, Release);
        var frequency = Numeric.Frequency(tone.Pitch);
        var (softPeriod, brightPeriod) = (Wavetable.PianoSoft.Period(frequency), Wavetable.PianoBright.Period(frequency));
        var (increment, detuned) = (Increment(frequency), Increment(Numeric.Frequency(tone.Pitch + StringDetune)));
        var first = random.Phase();
        var second = first;
        var (softLevel, brightLevel) = (0f, 0f);
        var softScale = (float)(tone.Velocity * (1 - 0.5 * brightness));
        var brightScale = (float)(tone.Velocity * tone.Velocity * brightness);

        var output = Window(track, tone.Start, soft.Length(tone.Seconds));
        for (var start = 0; start < output.Length; start += Block)
        {
            var seconds = (double)(start + Block) / Numeric.SampleRate;
            var softSlope = (softScale * (float)soft.At(seconds, tone.Seconds) - softLevel) / Block;
            var brightSlope = (brightScale * (float)bright.At(seconds, tone.Seconds) - brightLevel) / Block;
            var part = output[start..Math.Min(start + Block, output.Length)];
            for (var i = 0; i < part.Length; i++)
            {
                softLevel += softSlope;
                brightLevel += brightSlope;
                part[i] += softLevel * Wavetable.Read(softPeriod, first) + brightLevel * Wavetable.Read(brightPeriod, second);
                first += increment;
                second += detuned;
            }
        }
    }
}
