using MusicRec.Catalog.Demo.Synthesis.Instruments;
using MusicRec.Catalog.Demo.Synthesis.Music;

namespace MusicRec.Catalog.Demo.Synthesis;

/// <summary>Changes a track in place.</summary>
internal delegate void TrackEffect(Span<float> track);

/// <summary>One song while it is made: its key, tempo, chords and form, and the mix so far.</summary>
internal sealed class Session : IDisposable
{
    public const int Seconds = 30;
    public const int Frames = Seconds * Numeric.SampleRate;

    private const double FadeInSeconds = 0.005;
    private const double LoudnessSpread = 2;

    private readonly Style _style;
    private readonly int[] _scale;
    private readonly int _tonic;
    private readonly Mixer _mixer = new(Frames);

    public Session(Style style, RandomSource random)
    {
        (_style, Random) = (style, random);
        Timeline = new Timeline(
            random.Between(style.SlowestTempo, style.FastestTempo), random.Between(style.Swing.Least, style.Swing.Most));
        _tonic = random.Below(12);
        (_scale, var chords) = random.Pick(style.Harmonies);
        Score = new Score(Chord.Parse(chords, _tonic), style.StepsPerChord);

        Bars = (int)Math.Ceiling(Seconds / Timeline.BarSeconds);
        Intro = Bars > 12 ? random.Pick(2, 4) : random.Pick(1, 2);
        Chorus = Intro + (Bars - Intro) / 2 / 2 * 2;
    }

    public RandomSource Random { get; }

    public Timeline Timeline { get; }

    public Score Score { get; }

    /// <summary>The key: semitones of the tonic above C, and whether the scale has a minor third.</summary>
    public (int Tonic, bool IsMinor) Key => (_tonic, _scale.Contains(3));

    /// <summary>Bars that fit, the last one perhaps in part.</summary>
    public int Bars { get; }

    /// <summary>The bar where the intro has ended and the tune begins.</summary>
    public int Intro { get; }

    /// <summary>The bar from which everyone plays.</summary>
    public int Chorus { get; }

    /// <summary>A tune in the song's scale from the intro to the end.</summary>
    public List<Note> Melody(int lowest, int highest, params string[] rhythms) => Melody(_scale, lowest, highest, rhythms);

    /// <summary>A tune in another scale on the song's tonic.</summary>
    public List<Note> Melody(int[] scale, int lowest, int highest, string[] rhythms) =>
        new Melody(Random, Score, Scale.Pitches(scale, _tonic, lowest, highest), rhythms).Write(Intro, Bars);

    /// <summary>Plays the notes, sends the track through the effects in turn and adds it to the mix.</summary>
    public void Record(Instrument instrument, IEnumerable<Note> notes, Strip strip, params ReadOnlySpan<TrackEffect> effects)
    {
        var track = _mixer.NewTrack();
        foreach (var note in notes)
        {
            var start = FrameOf(note);
            var seconds = Timeline.Seconds(note.Bar, note.Step + note.Steps) - Timeline.Seconds(note.Bar, note.Step);
            instrument.Play(track, new Tone(start, seconds, note.Pitch, note.Velocity * Random.Between(0.88, 1.04)));
        }

        foreach (var effect in effects)
        {
            effect(track);
        }

        _mixer.Add(track, strip);
    }

    /// <summary>The frame where a note begins, as exactly as the players are.</summary>
    public int FrameOf(Note note)
    {
        var late = _style.Looseness * Random.Unit();
        return (int)((Timeline.Seconds(note.Bar, note.Step) + late) * Numeric.SampleRate);
    }

    /// <summary>The finished song, left and right in turn.</summary>
    public float[] Finish() => _mixer.Finish(new Master(
        _style.Loudness + Random.Between(-LoudnessSpread, LoudnessSpread),
        Random.Between(_style.RoomSeconds.Least, _style.RoomSeconds.Most),
        Random.Between(_style.Brilliance.Least, _style.Brilliance.Most),
        FadeInSeconds,
        Random.Between(2, 4)));

    public void Dispose() => _mixer.Dispose();
}
