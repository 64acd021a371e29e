using MusicRec.Genres.Evaluation.Retrieval;
using MusicRec.Training.Corpus;
using MusicRec.Training.Teachers;

namespace MusicRec.Training;

/// <summary>The teachers as kinds of vectors, to be measured beside the student.</summary>
internal static class TeacherKinds
{
    /// <summary>It listens to 29 seconds: windows of three say nothing of it.</summary>
    public static VectorKind Of(CompactCnn teacher) => new("compact_cnn", CompactCnn.Numbers, (samples, _) => new SoundVectors(
        ToDoubles(teacher.Hear(samples.Span)), []));

    /// <summary>Its last layer alone, from which it tells tags: what the student's likenesses are taught by.</summary>
    public static VectorKind LastOf(CompactCnn teacher) => new("compact_cnn, last layer", TrackStyle.Tags, (samples, _) => new SoundVectors(
        [.. teacher.Hear(samples.Span).AsSpan(^TrackStyle.Tags..).ToArray().Select(value => (double)value)], []));

    public static VectorKind Of(Yamnet teacher)
    {
        double[] Hear(ReadOnlyMemory<float> samples) => ToDoubles(teacher.HearMean(samples.Span));
        return new VectorKind("YAMNet", Yamnet.Numbers, (samples, windows) => new SoundVectors(
            Hear(samples), windows ? [.. VectorKinds.Cut(samples).Select(Hear)] : []));
    }

    private static double[] ToDoubles(float[] numbers) => Array.ConvertAll(numbers, number => (double)number);
}
