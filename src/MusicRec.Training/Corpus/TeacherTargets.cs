using System.Numerics.Tensors;
using MusicRec.Training.Teachers;

namespace MusicRec.Training.Corpus;

/// <summary>What the teachers heard, brought to a common scale by the mean and deviation of each of their numbers over the corpus.</summary>
internal sealed class TeacherTargets
{
    /// <summary>A number that hardly ever is not zero would else become huge where it is.</summary>
    private const double LeastDeviation = 0.05;

    private const float Most = 5;

    private readonly (float Mean, float Deviation)[] _tags;
    private readonly (float Mean, float Deviation)[] _sounds;
    private readonly Dictionary<CorpusTrack, TrackStyle> _styles;

    public TeacherTargets(IReadOnlyList<CorpusTrack> tracks)
    {
        var segments = tracks.SelectMany(track => track.Segments).ToArray();
        _tags = Describe(CompactCnn.Numbers, segments, segment => segment.Tags.Length, (segment, i) => segment.Tags[i]);
        _sounds = Describe(Yamnet.Numbers, segments, segment => segment.Sounds.Length, (segment, i) => (float)segment.Sounds[i]);
        _styles = tracks.Where(track => track.Segments.Count > 0).ToDictionary(track => track, StyleOf);
    }

    /// <summary>What the teachers heard in a whole track.</summary>
    public TrackStyle Style(CorpusTrack track) => _styles[track];

    /// <summary>The 160 numbers of a segment, scaled.</summary>
    public void CopyTags(Segment segment, Span<float> target)
    {
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = Scale(segment.Tags[i], _tags[i]);
        }
    }

    /// <summary>The 1024 numbers of a window, scaled.</summary>
    public void CopySounds(Segment segment, int window, Span<float> target)
    {
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = Scale((float)segment.Sounds[window * Yamnet.Numbers + i], _sounds[i]);
        }
    }

    private TrackStyle StyleOf(CorpusTrack track)
    {
        var (tags, sounds) = (new float[CompactCnn.Numbers], new float[Yamnet.Numbers]);
        var (meanTags, meanSounds) = (new float[TrackStyle.Tags], new float[Yamnet.Numbers]);
        foreach (var segment in track.Segments)
        {
            CopyTags(segment, tags);
            TensorPrimitives.Add(meanTags, tags.AsSpan(^TrackStyle.Tags..), meanTags);
            for (var window = 0; window < Segment.Windows; window++)
            {
                CopySounds(segment, window, sounds);
                TensorPrimitives.Add(meanSounds, sounds, meanSounds);
            }
        }

        return new TrackStyle(meanTags, meanSounds);
    }

    private static float Scale(float value, (float Mean, float Deviation) column) => Math.Clamp((value - column.Mean) / column.Deviation, -Most, Most);

    private static (float Mean, float Deviation)[] Describe(int columns, Segment[] segments, Func<Segment, int> length, Func<Segment, int, float> value)
    {
        var (sums, squares, count) = (new double[columns], new double[columns], 0L);
        foreach (var segment in segments)
        {
            for (var i = 0; i < length(segment); i++)
            {
                double number = value(segment, i);
                sums[i % columns] += number;
                squares[i % columns] += number * number;
            }

            count += length(segment) / columns;
        }

        return [.. sums.Zip(squares, (sum, square) =>
            ((float)(sum / count), (float)Math.Max(LeastDeviation, Math.Sqrt(Math.Max(0, square / count - sum / count * (sum / count))))))];
    }
}

/// <summary>What the teachers heard in a track, added up over it: of any length, as only directions are compared.</summary>
/// <param name="LastTags">The numbers of compact_cnn's last layer, from which its tags are told.</param>
/// <param name="Sounds">The 1024 numbers of YAMNet.</param>
internal sealed record TrackStyle(float[] LastTags, float[] Sounds)
{
    /// <summary>Numbers of compact_cnn's last layer.</summary>
    public const int Tags = 32;
}
