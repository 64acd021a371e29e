using MusicRec.Catalog.Demo.Synthesis.Effects;
using MusicRec.Catalog.Demo.Synthesis.Instruments;
using MusicRec.Catalog.Demo.Synthesis.Music;

namespace MusicRec.Catalog.Demo.Synthesis.Recipes;

/// <summary>The two-beat "ppongjjak": bass on the beat, chord after it; brass with wide vibrato, an accordion in the gaps, in minor.</summary>
internal sealed class TrotRecipe : Recipe
{
    public override Style Style { get; } = new(112, 142, -14.5,
    [
        (Scale.TrotMinor, "i iv V7 i"), (Scale.TrotMinor, "i i iv V7"), (Scale.TrotMinor, "i bVI V7 i"), (Scale.TrotMinor, "i iv i V7"),
        (Scale.TrotMinor, "i bVII bVI V7"),
    ])
    {
        Looseness = 0.008,
        Swing = (0, 0.1),
        RoomSeconds = (0.9, 1.5),
        Brilliance = (-0.1, 0.25),
    };

    public override void Play(Session song)
    {
        PlayBass(song);
        PlayChops(song);
        PlayBrass(song);
        PlayAccordion(song);
        PlayDrums(song);
    }

    private static void PlayBass(Session song)
    {
        var bass = song.Random.Chance(0.5)
            ? (Instrument)new PluckedString(new StringSetting(1100, 1.5, 0.45), song.Random)
            : new Synth(new Patch(Wavetable.Triangle, new Envelope(0.005, 0.9, 0.3, 0.08), 700), song.Random);
        var line = song.Random.Pick("r---....l---....", "r--.....f--.....", "r---....l---..l-");
        song.Record(bass, song.Score.Bass(line, 0, song.Bars, 34), new Strip(-6));
    }

    private static void PlayChops(Session song)
    {
        var guitar = new PluckedString(new StringSetting(song.Random.Between(3500, 6500), 1, 0.3) { Release = 0.06 }, song.Random);
        var chop = song.Random.Pick("....x-......x-..", "....x-......x-x-", "..x...x...x...x.");
        song.Record(guitar, song.Score.Comp(chop, 0, song.Bars, 62, 0.05), new Strip(-9, -0.4, 0.15), track => Filter.HighPass(track, 180));
    }

    private static void PlayBrass(Session song)
    {
        var brass = new Synth(
            new Patch(song.Random.Pick(Wavetable.Brass, Wavetable.Brass, Wavetable.Saw), new Envelope(0.03, 1.5, 0.8, 0.1), song.Random.Between(1500, 2400))
            {
                Sweep = song.Random.Between(800, 2200),
                SweepSeconds = 0.6,
                Vibrato = song.Random.Between(0.35, 0.6),
                VibratoRate = song.Random.Between(5.6, 6.6),
                Slide = -1.8,
                SlideSeconds = 0.12,
                Voices = 2,
                Detune = 0.05,
            },
            song.Random);
        var tune = song.Melody(60, 80, "x-----x-x---x---", "x---x---x-------", "x--xx---x--xx---", "x-x-x---x-x-x---", "x-------x---x-x-");
        song.Record(brass, tune, new Strip(-10, 0.1, 0.35));
    }

    private static void PlayAccordion(Session song)
    {
        var accordion = new Synth(
            new Patch(Wavetable.Reed, new Envelope(0.04, 3, 0.85, 0.12), song.Random.Between(2200, 4200)) { Voices = 2, Detune = 0.11 },
            song.Random);
        song.Record(
            accordion, song.Score.Comp("x-----------....", song.Random.Pick(0, song.Chorus), song.Bars, 67), new Strip(-21, 0.4, 0.25));
        song.Record(
            accordion, song.Score.Arpeggio(new string('.', 48) + "..0-1-2-3-4-3-2-", 0, song.Bars, 72), new Strip(-13, 0.4, 0.25));
    }

    private static void PlayDrums(Session song)
    {
        song.Record(Drum.Kick(song.Random, song.Random.Between(54, 64), 0.2, 0.15), Score.Hits("X.......X.......", 0, song.Bars), new Strip(-8));
        var snare = Drum.Snare(song.Random, song.Random.Between(200, 240), 0.13, 0.6, 2000);
        var strokes = song.Random.Pick("....x.......x...", "....x..o....x.oo", "....x.......x.xx");
        song.Record(snare, Score.Hits(strokes, song.Intro, song.Bars), new Strip(-11, 0.05, 0.15));
        song.Record(Drum.Cymbal(song.Random, 0.06, 7000), Score.Hits("x...x.o.x...x.o.", 0, song.Bars), new Strip(-20, 0.3));
        if (song.Random.Chance(0.6))
        {
            song.Record(Drum.Shaker(song.Random, 6500), Score.Hits("o.o.x.o.o.o.x.o.", song.Chorus, song.Bars), new Strip(-19, -0.3));
        }
    }
}
