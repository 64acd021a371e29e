using MusicRec.Catalog.Demo.Synthesis.Effects;
using MusicRec.Catalog.Demo.Synthesis.Instruments;
using MusicRec.Catalog.Demo.Synthesis.Music;

namespace MusicRec.Catalog.Demo.Synthesis.Recipes;

/// <summary>Seventh and ninth chords on an electric piano, swung sixteenths, a round bass, a smooth lead.</summary>
internal sealed class RnBRecipe : Recipe
{
    public override Style Style { get; } = new(68, 96, -15,
    [
        (Scale.Major, "ii9 V7 Imaj9 vi7"), (Scale.Major, "IVmaj7 iii7 ii7 Imaj7"), (Scale.Major, "Imaj7 vi7 ii9 V9"),
        (Scale.Minor, "i9 iv7 bVII7 bIIImaj7"), (Scale.MinorPentatonic, "i7 iv9 i7 bVImaj7"),
    ])
    {
        Swing = (0.15, 0.33),
        Looseness = 0.012,
        RoomSeconds = (0.9, 1.6),
    };

    public override void Play(Session song)
    {
        PlayKeys(song);
        PlayPad(song);
        PlayBass(song);
        PlayLead(song);
        PlayDrums(song);
    }

    private static void PlayKeys(Session song)
    {
        var keys = new ElectricPiano(song.Random.Between(0.7, 1.5), song.Random.Between(0.15, 0.4));
        var rhythm = song.Random.Pick("x------x--------", "x-----..x--x----", "x--x------x-----", "x---------x--x--");
        song.Record(keys, song.Score.Comp(rhythm, 0, song.Bars, song.Random.Pick(57, 60, 62), 0.08), new Strip(-12, -0.1, 0.3, 0.7));
        if (song.Random.Chance(0.6))
        {
            song.Record(keys, song.Score.Arpeggio("......4.3.2.....", song.Chorus, song.Bars, 64), new Strip(-11, 0.3, 0.4));
        }
    }

    private static void PlayPad(Session song)
    {
        if (song.Random.Chance(0.5))
        {
            var pad = new Synth(
                new Patch(Wavetable.Saw, new Envelope(0.3, 3, 0.8, 0.6), song.Random.Between(700, 1500)) { Voices = 2, Detune = 0.12 },
                song.Random);
            song.Record(pad, song.Score.Comp("x---------------", song.Chorus, song.Bars, 60), new Strip(-21, 0, 0.4, 0.9));
        }
    }

    private static void PlayBass(Session song)
    {
        var bass = new Synth(
            new Patch(song.Random.Pick(Wavetable.Triangle, Wavetable.Saw), new Envelope(0.008, 1.5, 0.5, 0.08), 380)
            {
                Sweep = 500,
                SweepSeconds = 0.3,
                Slide = -1,
                SlideSeconds = 0.06,
            },
            song.Random);
        var line = song.Random.Pick("r-----.r..r---f-", "r--r------o-r---", "r----..rr---..fo", "r------r--f-----");
        song.Record(bass, song.Score.Bass(line, song.Random.Pick(0, song.Intro), song.Bars, 30), new Strip(-7));
    }

    private static void PlayLead(Session song)
    {
        var lead = new Synth(
            new Patch(song.Random.Pick(Wavetable.Triangle, Wavetable.Sine, Wavetable.Reed), new Envelope(0.04, 2, 0.75, 0.2), song.Random.Between(1400, 3200))
            {
                Slide = -1.2,
                SlideSeconds = 0.12,
                Vibrato = 0.25,
                VibratoRate = 5.4,
            },
            song.Random);
        var tune = song.Melody(62, 81, "x--xx-x-x-------", "..x-x--xx---x-x-", "x-----x--xx-x---", "....x--xx--xx---");
        song.Record(lead, tune, new Strip(-12, 0.1, 0.4), track => Delay.Apply(track, song.Timeline.StepSeconds * 4, 0.25));
    }

    private static void PlayDrums(Session song)
    {
        var kick = song.Random.Pick("X......x..x.....", "X..x......x.....", "X.....x...x..x..", "X......xX.......");
        song.Record(Drum.Kick(song.Random, song.Random.Between(48, 56), 0.28, 0.12), Score.Hits(kick, song.Intro, song.Bars), new Strip(-7));
        var snap = song.Random.Below(3) switch
        {
            0 => Drum.Clap(song.Random, song.Random.Between(1500, 2300)),
            1 => Drum.Rim(song.Random.Between(700, 1300)),
            _ => Drum.Snare(song.Random, 190, 0.16, 0.6, 2000),
        };
        song.Record(snap, Score.Hits("....x.......x...", song.Intro, song.Bars), new Strip(-10, 0, 0.3));
        var hats = song.Random.Pick("x.oxx.o.x.oxx.o.", "xoxoxoxoxoxoxoxo", "x.x.x.xox.x.x.xo");
        song.Record(Drum.Cymbal(song.Random, 0.05, song.Random.Between(6500, 8500)), Score.Hits(hats, song.Intro, song.Bars), new Strip(-16, 0.25));
    }
}
