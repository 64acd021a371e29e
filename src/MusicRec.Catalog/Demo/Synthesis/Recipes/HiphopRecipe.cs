using MusicRec.Catalog.Demo.Synthesis.Effects;
using MusicRec.Catalog.Demo.Synthesis.Instruments;
using MusicRec.Catalog.Demo.Synthesis.Music;

namespace MusicRec.Catalog.Demo.Synthesis.Recipes;

/// <summary>Drums in half time with rolling hats, a long 808 bass, few dark keys.</summary>
internal sealed class HiphopRecipe : Recipe
{
    public override Style Style { get; } = new(128, 150, -13,
    [
        (Scale.Minor, "i i bVI bVI"), (Scale.Minor, "i bVI i bVII"), (Scale.MinorPentatonic, "i i iv i"),
        (Scale.Minor, "i iv bVI bVII"), (Scale.MinorPentatonic, "i7 i7 bVImaj7 bVII"),
    ])
    {
        Swing = (0, 0.1),
        RoomSeconds = (0.7, 1.5),
        Brilliance = (-0.2, 0.3),
    };

    public override void Play(Session song)
    {
        PlayDrums(song);
        PlayBass(song);
        PlayKeys(song);
        PlayBell(song);
    }

    private static void PlayDrums(Session song)
    {
        song.Record(
            Drum.Kick(song.Random, song.Random.Between(42, 50), 0.35, 0.3),
            Score.Hits(
                song.Random.Pick("X.....x...x.....X.........x..x..", "X......x..x.....X..x..x.........", "X.........x.....X.....x...x....."),
                song.Intro, song.Bars),
            new Strip(-5));
        var snare = song.Random.Chance(0.5)
            ? Drum.Clap(song.Random, song.Random.Between(1100, 1700))
            : Drum.Snare(song.Random, 200, 0.22, 0.8, 1500);
        song.Record(snare, Score.Hits("........X.......", song.Intro, song.Bars), new Strip(-7, 0, 0.25));

        var hats = song.Random.Pick("x.x.x.x.x.x.x.x.", "x.x.x.xxx.x.x.x.", "x.o.x.o.x.oxx.o.");
        song.Record(Drum.Cymbal(song.Random, 0.045, song.Random.Between(7000, 9500)), HatsWithRolls(song, hats), new Strip(-11, 0.2));
        song.Record(Drum.Cymbal(song.Random, 0.3, 7500), Score.Hits("..............x.................", song.Chorus, song.Bars), new Strip(-18, -0.2));
    }

    /// <summary>Before every second bar line the hats run in triplets of a beat's half.</summary>
    private static IEnumerable<Note> HatsWithRolls(Session song, string hats)
    {
        var straight = Score.Hits(hats, song.Intro, song.Bars).Where(note => note.Bar % 2 == 0 || note.Step < 12);
        var rolls =
            from bar in Enumerable.Range(song.Intro, song.Bars - song.Intro)
            where bar % 2 == 1
            from stroke in Enumerable.Range(0, 6)
            select new Note(bar, 12 + stroke * 4 / 6.0, 0.5, 0, 0.5 + 0.08 * stroke);
        return straight.Concat(rolls);
    }

    private static void PlayBass(Session song)
    {
        var bass = new Synth(
            new Patch(Wavetable.Sine, new Envelope(0.004, song.Random.Between(2.5, 4), 0.15, 0.12), 6000)
            {
                Slide = song.Random.Between(5, 12),
                SlideSeconds = 0.09,
            },
            song.Random);
        var line = song.Random.Pick(
            "r-----r---r-----r---------r--r--", "r---------r-----r-----r---o-----", "r------r--r-----r--r------------");
        var gain = song.Random.Between(1.2, 2.4);
        song.Record(bass, song.Score.Bass(line, song.Intro, song.Bars, 28), new Strip(-5), track => Drive.Apply(track, gain));
    }

    private static void PlayKeys(Session song)
    {
        var rhythm = song.Random.Pick("x---------------", "x-----x---------", "x---------x-----", "..x---..x-......");
        var cutoff = song.Random.Between(900, 3200);
        Instrument keys = song.Random.Below(3) switch
        {
            0 => new Piano(song.Random, 0.25),
            1 => new ElectricPiano(song.Random.Between(0.5, 1.2), 0.1),
            _ => new Synth(new Patch(Wavetable.Saw, new Envelope(0.08, 3, 0.5, 0.5), cutoff) { Voices = 2, Detune = 0.1 }, song.Random),
        };
        song.Record(
            keys, song.Score.Comp(rhythm, 0, song.Bars, song.Random.Pick(55, 60, 64), 0.05), new Strip(-16, -0.1, 0.35, 0.4),
            track => Filter.LowPass(track, cutoff));
    }

    private static void PlayBell(Session song)
    {
        var tune = song.Melody(
            Scale.MinorPentatonic, 67, 86, ["x---..x-....x---", "x-----x-....x-x-", "........x-x-x---", "x--x--x-........", "x-------........"]);
        Instrument bell = song.Random.Chance(0.5)
            ? new ElectricPiano(2.2, 0)
            : new PluckedString(new StringSetting(song.Random.Between(2500, 6000), 2, 0.3), song.Random);
        song.Record(bell, tune, new Strip(-15, 0.2, 0.5), track => Delay.Apply(track, song.Timeline.StepSeconds * 3, 0.3));
    }
}
