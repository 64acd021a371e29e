using MusicRec.Catalog.Demo.Synthesis.Instruments;
using MusicRec.Catalog.Demo.Synthesis.Music;

namespace MusicRec.Catalog.Demo.Synthesis.Recipes;

/// <summary>Slow piano in broken chords, strings that swell in, a singing lead; the drums stay in the background.</summary>
internal sealed class BalladRecipe : Recipe
{
    public override Style Style { get; } = new(60, 78, -18.5,
    [
        (Scale.Major, "I V vi IV"), (Scale.Major, "I vi IV V"), (Scale.Major, "Iadd9 iii IV V"), (Scale.Major, "IVmaj7 V iii vi"),
        (Scale.Minor, "i bVI bIII bVII"), (Scale.Minor, "i iv bVII bIII"),
    ])
    {
        Looseness = 0.012,
        RoomSeconds = (1.6, 2.4),
    };

    public override void Play(Session song)
    {
        PlayPiano(song);
        PlayStrings(song);
        PlayLead(song);
        PlayBass(song);
        PlayDrums(song);
    }

    private static void PlayPiano(Session song)
    {
        var piano = new Piano(song.Random, song.Random.Between(0.15, 0.4));
        var center = song.Random.Pick(57, 59, 62);
        var broken = song.Random.Pick("0-1-2-3-4-3-2-1-", "0-2-1-2-3-2-1-2-", "0---1-2-3---2-1-", "0-1-2-1-3-1-2-1-");
        song.Record(piano, song.Score.Arpeggio(broken, 0, song.Bars, center), new Strip(-9, -0.15, 0.3));
        song.Record(piano, song.Score.Bass("r-------o-------", 0, song.Bars, 36), new Strip(-10, -0.2, 0.2));
        song.Record(piano, song.Score.Comp("x---------------", song.Chorus, song.Bars, center + 9, 0.12), new Strip(-13, 0.1, 0.3));
    }

    private static void PlayStrings(Session song)
    {
        var strings = new Synth(
            new Patch(Wavetable.Saw, new Envelope(0.45, 4, 0.85, 0.9), song.Random.Between(1100, 2400))
            {
                Voices = 2,
                Detune = 0.09,
                Vibrato = 0.06,
                VibratoRate = 5,
            },
            song.Random);
        var notes = song.Score.Comp("x---------------", song.Random.Pick(0, song.Intro), song.Bars, 64);
        song.Record(strings, notes, new Strip(song.Random.Between(-20, -16), 0.2, 0.5, 0.8));
    }

    private static void PlayLead(Session song)
    {
        var tune = song.Melody(60, 79, "x---x---x-x-x---", "x-----x-x---x---", "x-----------x-x-", "....x-x-x---x-x-", "x---x-x-x-------");
        if (song.Random.Chance(0.35))
        {
            song.Record(new Piano(song.Random, 0.45), tune, new Strip(-6, 0.15, 0.35));
            return;
        }

        var wave = song.Random.Pick(Wavetable.Triangle, Wavetable.Reed);
        var voice = new Synth(
            new Patch(wave, new Envelope(0.07, 3, 0.8, 0.3), song.Random.Between(1300, 2600)) { Vibrato = 0.22, VibratoRate = 5.2, Slide = -0.6 },
            song.Random);
        song.Record(voice, tune, new Strip(-10, 0.05, 0.45));
    }

    private static void PlayBass(Session song)
    {
        var bass = new Synth(new Patch(Wavetable.Triangle, new Envelope(0.02, 3, 0.6, 0.2), 500), song.Random);
        song.Record(bass, song.Score.Bass("r-----------r---", song.Intro, song.Bars, 29), new Strip(-14));
    }

    private static void PlayDrums(Session song)
    {
        if (song.Random.Chance(0.4))
        {
            return;
        }

        var from = song.Random.Pick(song.Intro, song.Chorus);
        song.Record(Drum.Kick(song.Random, 52, 0.3, 0.05), Score.Hits("x.........x.....", from, song.Bars), new Strip(-13));
        song.Record(Drum.Rim(song.Random.Between(420, 900)), Score.Hits("....x.......x...", from, song.Bars), new Strip(-19, 0.15, 0.5));
        song.Record(Drum.Cymbal(song.Random, 0.06, 7500), Score.Hits("x.o.x.o.x.o.x.o.", from, song.Bars), new Strip(-31, -0.3, 0.1));
    }
}
