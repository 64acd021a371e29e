using MusicRec.Audio.Features;

namespace MusicRec.Catalog.Tests;

/// <summary>Embeddings for features that were not heard anywhere.</summary>
internal static class Sounds
{
    /// <summary>The same features with an embedding that follows from them, unless they have one.</summary>
    public static FeatureVector Of(FeatureVector features)
    {
        if (features.Version == FeatureVersion.Current)
        {
            return features;
        }

        var sound = new float[FeatureVector.SoundLength];
        for (var i = 0; i < sound.Length; i++)
        {
            sound[i] = (float)Math.Cos(features.Values[i % features.Values.Length] * (i + 1)) / 8;
        }

        return features.WithSound(sound);
    }
}
