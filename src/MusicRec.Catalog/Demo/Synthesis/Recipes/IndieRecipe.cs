using MusicRec.Catalog.Demo.Synthesis.Effects;
using MusicRec.Catalog.Demo.Synthesis.Instruments;
using MusicRec.Catalog.Demo.Synthesis.Music;

namespace MusicRec.Catalog.Demo.Synthesis.Recipes;

/// <summary>Clean jangling guitars left and right, a picked bass, dry drums played by hand.</summary>
internal sealed class IndieRecipe : Recipe
{
    public override Style Style { get; } = new(102, 138, -15.5,
    [
        (Scale.Major, "I iii vi IV"), (Scale.Major, "Iadd9 IVmaj7 vi V"), (Scale.Major, "IVmaj7 I V vi"), (Scale.Major, "I V ii IV"),
        (Scale.Minor, "i bIII bVII iv"), (Scale.MajorPentatonic, "I vi Iadd9 IV"),
    ])
    {
        Looseness = 0.012,
        RoomSeconds = (0.4, 0.8),
        Brilliance = (-0.15, 0.3),
    };

    public override void Play(Session song)
    {
        PlayGuitars(song);
        PlayLead(song);
        PlayBass(song);
        PlayDrums(song);
    }

    private static void PlayGuitars(Session song)
    {
        var setting = new StringSetting(song.Random.Between(5500, 10_000), 3.5, song.Random.Between(0.08, 0.2)) { PickPosition = 0.12 };
        var guitar = new PluckedString(setting, song.Random);
        var center = song.Random.Pick(60, 63, 66);
        var figure = song.Random.Pick("0-1-2-3-2-1-2-1-", "0-2-3-2-0-2-3-2-", "0-3-2-3-1-3-2-3-", "0-1-3-2-4-2-3-1-");
        song.Record(guitar, song.Score.Arpeggio(figure, 0, song.Bars, center), new Strip(-9, -0.6, 0.2, 0.6), Pickup);
        var strum = song.Random.Pick("x-..x-x-..x-x-x-", "x---x-x-x---x-x-", "x-xox-xox-xox-xo", "..x-..x-..x-..x-");
        song.Record(
            guitar, song.Score.Comp(strum, song.Intro, song.Bars, center, 0.08), new Strip(song.Random.Between(-17, -13), 0.6, 0.15, 0.4), Pickup);
    }

    private static void PlayLead(Session song)
    {
        var tune = song.Melody(64, 81, "x-x-x---x---x-x-", "x---x-x-x-x-x---", "..x-x---x-x-x---", "x-----x-x---x---");
        if (song.Random.Chance(0.55))
        {
            var guitar = new PluckedString(new StringSetting(song.Random.Between(4500, 8500), 4, 0.15), song.Random);
            song.Record(
                guitar, tune, new Strip(-8, 0.1, 0.25), Pickup, track => Delay.Apply(track, song.Timeline.StepSeconds * 3, 0.3));
            return;
        }

        var organ = new Synth(
            new Patch(song.Random.Pick(Wavetable.Square, Wavetable.Triangle), new Envelope(0.02, 1.5, 0.7, 0.15), song.Random.Between(1500, 3500))
            {
                Vibrato = 0.1,
            },
            song.Random);
        song.Record(organ, tune, new Strip(-15, 0.1, 0.25, 0.3));
    }

    private static void PlayBass(Session song)
    {
        var bass = new PluckedString(new StringSetting(song.Random.Between(1200, 2200), 2, 0.4), song.Random);
        var line = song.Random.Pick("r-r-r-r-r-r-r-r-", "r---r-r-f---r-f-", "r-..r-r-..r-o-f-");
        song.Record(bass, song.Score.Bass(line, song.Intro, song.Bars, 31), new Strip(-7));
    }

    private static void PlayDrums(Session song)
    {
        var from = song.Random.Pick(0, song.Intro);
        var kick = song.Random.Pick("X.....x.X.......", "X.......X.x.....", "X...x...X...x...", "X..x....X.x.....");
        song.Record(Drum.Kick(song.Random, song.Random.Between(56, 66), 0.2, 0.2), Score.Hits(kick, from, song.Bars), new Strip(-7, 0, 0.04));
        var snare = Drum.Snare(song.Random, song.Random.Between(185, 230), song.Random.Between(0.13, 0.2), 0.55, 1800);
        song.Record(snare, Score.Hits("....X.......X..o", from, song.Bars), new Strip(-9, 0.05, 0.06));
        var hats = song.Random.Pick("x.o.x.o.x.o.x.o.", "xoxoxoxoxoxoxoxo", "x.x.x.x.x.x.x.x.");
        song.Record(Drum.Cymbal(song.Random, 0.07, 6500), Score.Hits(hats, from, song.Bars), new Strip(-20, 0.3, 0.03));
        if (song.Random.Chance(0.4))
        {
            song.Record(Drum.Shaker(song.Random, 7500), Score.Hits("x.x.x.x.x.x.x.x.", song.Chorus, song.Bars), new Strip(-18, -0.35));
        }
    }

    /// <summary>A clean amplifier: no rumble, some presence.</summary>
    private static void Pickup(Span<float> track)
    {
        Filter.HighPass(track, 140);
        Filter.Peak(track, 2800, 0.5, 1);
    }
}
