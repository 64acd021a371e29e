using MusicRec.Audio.Features;

namespace MusicRec.Audio.Portraits;

/// <summary>A few seconds of a song.</summary>
/// <param name="Start">Where it begins, in seconds.</param>
/// <param name="End">Where it ends, in seconds.</param>
/// <param name="Features">
/// Its features, from the frames of the song's one transform: the tuning is that of the whole song, and so is the loudest moment below
/// which nothing counts by more than 80 dB.
/// </param>
public sealed record SongPart(double Start, double End, FeatureVector Features)
{
    internal const int Numbers = 2 + FeatureVector.Length;

    internal static SongPart Of(double[] numbers) => new(numbers[0], numbers[1], new FeatureVector(numbers.AsSpan(2)));
}
