using MusicRec.Catalog.Demo.Synthesis.Effects;
using MusicRec.Catalog.Demo.Synthesis.Instruments;
using MusicRec.Catalog.Demo.Synthesis.Music;

namespace MusicRec.Catalog.Demo.Synthesis.Recipes;

/// <summary>Four on the floor, hats between the beats, detuned saws that pump under the kick.</summary>
internal sealed class DanceRecipe : Recipe
{
    private const string FourOnTheFloor = "X...X...X...X...";

    public override Style Style { get; } = new(120, 132, -12,
    [
        (Scale.Minor, "i bVI bIII bVII"), (Scale.Minor, "i bVII bVI bVII"), (Scale.Minor, "bVI bVII i i"),
        (Scale.Major, "vi IV I V"), (Scale.Major, "I V vi IV"), (Scale.Major, "IV V vi I"),
    ])
    {
        RoomSeconds = (0.8, 1.4),
        Brilliance = (-0.1, 0.4),
    };

    public override void Play(Session song)
    {
        var kicks = Score.Hits(FourOnTheFloor, song.Random.Pick(0, song.Intro), song.Bars).ToArray();
        var starts = Array.ConvertAll(kicks, song.FrameOf);
        var pump = song.Random.Between(0.6, 0.95);
        TrackEffect duck = track => SideChain.Apply(track, starts, pump, song.Timeline.StepSeconds * 3.4);

        PlayDrums(song, kicks);
        PlayChords(song, duck);
        PlayBass(song, duck);
        PlayArpeggio(song, duck);
        PlayLead(song);
    }

    private static void PlayDrums(Session song, Note[] kicks)
    {
        song.Record(Drum.Kick(song.Random, song.Random.Between(46, 54), 0.32, 0.25), kicks, new Strip(-3));
        song.Record(Drum.Clap(song.Random, song.Random.Between(1200, 1900)), Score.Hits("....x.......x...", song.Intro, song.Bars), new Strip(-9, 0, 0.25));
        song.Record(Drum.Cymbal(song.Random, 0.16, 8000), Score.Hits("..x...x...x...x.", song.Intro, song.Bars), new Strip(-14, 0.15));
        song.Record(Drum.Cymbal(song.Random, 0.04, 9000), Score.Hits("xoxoxoxoxoxoxoxo", song.Chorus, song.Bars), new Strip(-20, -0.2));
        song.Record(Drum.Cymbal(song.Random, 1.6, 4500), Score.Hits("X...............", song.Chorus, song.Chorus + 1), new Strip(-14, 0, 0.3));
    }

    private static void PlayChords(Session song, TrackEffect duck)
    {
        var saws = new Synth(
            new Patch(Wavetable.Saw, new Envelope(0.005, 2.5, 0.7, 0.15), song.Random.Between(2500, 7000))
            {
                Voices = 4,
                Detune = song.Random.Between(0.1, 0.22),
            },
            song.Random);
        var rhythm = song.Random.Pick("x---------------", "x--x--x-x--x--x-", "..x---x---x---x-", "x-----x-----x---");
        song.Record(saws, song.Score.Comp(rhythm, 0, song.Bars, song.Random.Pick(58, 62, 66)), new Strip(-13, 0, 0.3, 0.8), duck);
    }

    private static void PlayBass(Session song, TrackEffect duck)
    {
        var bass = new Synth(
            new Patch(song.Random.Pick(Wavetable.Saw, Wavetable.Square), new Envelope(0.003, 0.8, 0.6, 0.05), 250)
            {
                Sweep = song.Random.Between(500, 1500),
                SweepSeconds = 0.4,
                Resonance = 1.2,
            },
            song.Random);
        var line = song.Random.Pick("..r-..r-..r-..r-", "..r...o...r...o.", "r-rrr-rrr-rrr-rr", "..rr..rr..rr..ro");
        song.Record(bass, song.Score.Bass(line, song.Intro, song.Bars, 31), new Strip(-8), duck);
    }

    private static void PlayArpeggio(Session song, TrackEffect duck)
    {
        if (song.Random.Chance(0.25))
        {
            return;
        }

        var pluck = new Synth(
            new Patch(Wavetable.Square, new Envelope(0.002, 0.35, 0, 0.1), 1200) { Sweep = 5000, SweepSeconds = 0.2 }, song.Random);
        var figure = song.Random.Pick("0123210301232103", "0.23.1.20.23.1.3", "0231023102310231");
        song.Record(
            pluck, song.Score.Arpeggio(figure, song.Random.Pick(0, song.Chorus), song.Bars, 70), new Strip(-17, 0.25, 0.3),
            duck, track => Delay.Apply(track, song.Timeline.StepSeconds * 3, 0.35));
    }

    private static void PlayLead(Session song)
    {
        var lead = new Synth(
            new Patch(song.Random.Pick(Wavetable.Saw, Wavetable.Square), new Envelope(0.005, 1.5, 0.6, 0.12), song.Random.Between(2500, 6000))
            {
                Voices = 2,
                Detune = 0.08,
                Vibrato = 0.1,
            },
            song.Random);
        var tune = song.Melody(65, 84, "x--x--x-x--x--x-", "x-x-x--x--x-x---", "..x-x-x-x---x-x-", "x---x---x-x-x-x-");
        song.Record(
            lead, tune, new Strip(-13, -0.1, 0.25, 0.3), track => Delay.Apply(track, song.Timeline.StepSeconds * 3, 0.3));
    }
}
