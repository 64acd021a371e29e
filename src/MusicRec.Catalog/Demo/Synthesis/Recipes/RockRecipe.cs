using MusicRec.Catalog.Demo.Synthesis.Effects;
using MusicRec.Catalog.Demo.Synthesis.Instruments;
using MusicRec.Catalog.Demo.Synthesis.Music;

namespace MusicRec.Catalog.Demo.Synthesis.Recipes;

/// <summary>Distorted power chords on both sides, loud drums, a driven bass, a lead guitar.</summary>
internal sealed class RockRecipe : Recipe
{
    public override Style Style { get; } = new(112, 162, -11.5,
    [
        (Scale.Minor, "i5 bVI5 bIII5 bVII5"), (Scale.Minor, "i5 bVII5 bVI5 bVII5"), (Scale.MinorPentatonic, "i5 bIII5 IV5 i5"),
        (Scale.Major, "I5 V5 vi5 IV5"), (Scale.MajorPentatonic, "I5 bVII5 IV5 I5"),
    ])
    {
        Looseness = 0.008,
        RoomSeconds = (0.6, 1.1),
        Brilliance = (-0.15, 0.3),
    };

    public override void Play(Session song)
    {
        PlayRhythmGuitars(song);
        PlayLead(song);
        PlayBass(song);
        PlayDrums(song);
    }

    private static void PlayRhythmGuitars(Session song)
    {
        var rhythm = song.Random.Pick("x-x-x-x-x-x-x-x-", "X--x--x-X--x--x-", "X-----x-x-x-X---", "X-ooX-ooX-ooX-oo", "x-xxx-xxx-xxx-xx");
        var gain = song.Random.Between(4, 14);
        var speaker = song.Random.Between(3200, 5200);
        var setting = new StringSetting(song.Random.Between(3500, 6500), song.Random.Between(2, 6), 0.25) { Release = 0.05 };
        var center = song.Random.Pick(45, 47, 50);
        foreach (var pan in (ReadOnlySpan<double>)[-0.8, 0.8])
        {
            // Played twice rather than copied: the small differences make the sound wide.
            var guitar = new PluckedString(setting, song.Random);
            var from = pan < 0 ? 0 : song.Intro;
            song.Record(
                guitar, song.Score.Comp(rhythm, from, song.Bars, center, 0.03), new Strip(-11, pan, 0.08),
                track => Drive.Apply(track, gain), track => Speaker(track, speaker));
        }
    }

    private static void PlayLead(Session song)
    {
        var lead = new Synth(
            new Patch(Wavetable.Saw, new Envelope(0.01, 4, 0.8, 0.12), song.Random.Between(2500, 4500))
            {
                Vibrato = 0.3,
                VibratoRate = 5.8,
                Slide = -1.5,
                SlideSeconds = 0.1,
            },
            song.Random);
        var tune = song.Melody(60, 79, "x---x-x-x---x---", "x-x-x-x-x-------", "x-----x-x-x-x-x-", "x-------x---x---");
        song.Record(
            lead, tune, new Strip(song.Random.Between(-16, -12), 0.1, 0.25),
            track => Drive.Apply(track, 3), track => Speaker(track, 4200), track => Delay.Apply(track, 0.28, 0.25));
    }

    private static void PlayBass(Session song)
    {
        var bass = new PluckedString(new StringSetting(1800, 3, 0.35), song.Random);
        var line = song.Random.Pick("r-r-r-r-r-r-r-r-", "r--r--r-r--r--r-", "r-r-r-r-r-r-f-o-");
        song.Record(
            bass, song.Score.Bass(line, song.Intro, song.Bars, 28), new Strip(-9),
            track => Drive.Apply(track, 2.5), track => Filter.LowPass(track, 1800));
    }

    private static void PlayDrums(Session song)
    {
        var kick = song.Random.Pick("X.....x.X.x.....", "X.x.....X.x.....", "X...X...X...X...", "X..x..x.X.....x.");
        song.Record(Drum.Kick(song.Random, song.Random.Between(54, 64), 0.26, 0.35), Score.Hits(kick, song.Intro, song.Bars), new Strip(-4, 0, 0.08));
        var snare = Drum.Snare(song.Random, song.Random.Between(170, 210), song.Random.Between(0.22, 0.32), 0.8, 1200);
        song.Record(snare, Score.Hits("....X.......X...", song.Intro, song.Bars), new Strip(-4, 0, 0.25));
        if (song.Random.Chance(0.5))
        {
            song.Record(Drum.Cymbal(song.Random, 0.12, 6000), Score.Hits("X.x.X.x.X.x.X.x.", song.Intro, song.Bars), new Strip(-15, 0.3, 0.1));
        }
        else
        {
            song.Record(Drum.Cymbal(song.Random, 0.5, 5500), Score.Hits("X...x...X...x...", song.Intro, song.Bars), new Strip(-16, 0.3, 0.1));
        }

        song.Record(Drum.Cymbal(song.Random, 1.8, 4000), Score.Hits("X..............." + new string('.', 48), song.Intro, song.Bars), new Strip(-11, -0.3, 0.2));
        song.Record(Drum.Tom(song.Random.Between(90, 130)), Score.Hits("............xxxx", song.Chorus - 1, song.Chorus), new Strip(-7, -0.2, 0.2));
    }

    /// <summary>A guitar speaker lets through almost nothing above 5 kHz.</summary>
    private static void Speaker(Span<float> track, double cutoff)
    {
        Filter.LowPass(track, cutoff, 1.1);
        Filter.LowPass(track, cutoff * 1.2);
    }
}
