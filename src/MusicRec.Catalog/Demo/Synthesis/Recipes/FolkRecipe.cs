using MusicRec.Catalog.Demo.Synthesis.Effects;
using MusicRec.Catalog.Demo.Synthesis.Instruments;
using MusicRec.Catalog.Demo.Synthesis.Music;

namespace MusicRec.Catalog.Demo.Synthesis.Recipes;

/// <summary>A finger-picked acoustic guitar, a harmonica or a second guitar for the tune, at most a shaker.</summary>
internal sealed class FolkRecipe : Recipe
{
    public override Style Style { get; } = new(82, 116, -19,
    [
        (Scale.Major, "I IV I V"), (Scale.Major, "I V vi IV"), (Scale.Major, "I vi ii V"), (Scale.Major, "I iii IV V"),
        (Scale.MajorPentatonic, "I IV vi V"), (Scale.Minor, "i bVII bVI bVII"),
    ])
    {
        Looseness = 0.014,
        Swing = (0, 0.12),
        RoomSeconds = (0.5, 1.0),
    };

    public override void Play(Session song)
    {
        PlayGuitar(song);
        PlayStrum(song);
        PlayTune(song);
        PlayBass(song);
        PlayShaker(song);
    }

    private static void PlayGuitar(Session song)
    {
        var guitar = MakeGuitar(song, song.Random.Between(2200, 5500));
        var center = song.Random.Pick(55, 58, 60);
        var picking = song.Random.Pick("0-2-1-3-0-2-1-2-", "0-1-2-3-2-1-2-1-", "0-.21-3-0-.21-2-", "0-3-1-2-0-3-1-2-");
        song.Record(guitar, song.Score.Arpeggio(picking, 0, song.Bars, center), new Strip(-7, -0.25, 0.25), Body);
        song.Record(guitar, song.Score.Bass("r-------l-------", 0, song.Bars, 43), new Strip(-9, -0.2, 0.2), Body);
    }

    private static void PlayStrum(Session song)
    {
        if (song.Random.Chance(0.4))
        {
            return;
        }

        var guitar = MakeGuitar(song, song.Random.Between(3500, 6500));
        var rhythm = song.Random.Pick("x---x-x-..x-x-x-", "x-----x-x---x-x-", "x-------x---x---");
        song.Record(guitar, song.Score.Comp(rhythm, song.Chorus, song.Bars, 62, 0.14), new Strip(-15, 0.4, 0.25), Body);
    }

    private static void PlayTune(Session song)
    {
        var tune = song.Melody(62, 81, "x---x-x-x---x---", "x-x-x---x-------", "x-----x-x-x-x---", "..x-x-x-x---x---");
        if (song.Random.Chance(0.5))
        {
            var steel = new PluckedString(new StringSetting(song.Random.Between(4000, 7000), 4, 0.2), song.Random);
            song.Record(steel, tune, new Strip(-7, 0.25, 0.3), Body);
            return;
        }

        var harmonica = new Synth(
            new Patch(song.Random.Pick(Wavetable.Reed, Wavetable.Triangle), new Envelope(0.05, 2, 0.8, 0.15), song.Random.Between(1800, 3200))
            {
                Vibrato = 0.15,
                VibratoRate = 4.8,
                Slide = -0.4,
            },
            song.Random);
        song.Record(harmonica, tune, new Strip(-14, 0.2, 0.35));
    }

    private static void PlayBass(Session song)
    {
        if (song.Random.Chance(0.5))
        {
            var bass = new PluckedString(new StringSetting(700, 2.5, 0.5) { PickPosition = 0.3 }, song.Random);
            song.Record(bass, song.Score.Bass("r-------f-------", song.Intro, song.Bars, 31), new Strip(-11));
        }
    }

    private static void PlayShaker(Session song)
    {
        if (song.Random.Chance(0.45))
        {
            var shaker = Drum.Shaker(song.Random, song.Random.Between(4500, 7500));
            song.Record(shaker, Score.Hits("o.o.x.o.o.o.x.o.", song.Intro, song.Bars), new Strip(-22, 0.35, 0.2));
        }
    }

    private static PluckedString MakeGuitar(Session song, double brightness) =>
        new(new StringSetting(brightness, song.Random.Between(3, 5), song.Random.Between(0.2, 0.45)), song.Random);

    /// <summary>The air in the box and the top plate.</summary>
    private static void Body(Span<float> track)
    {
        Filter.Peak(track, 110, 0.5, 2);
        Filter.Peak(track, 230, 0.5, 2);
    }
}
