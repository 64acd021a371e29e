namespace MusicRec.Catalog.Similarity.Lists;

/// <summary>
/// When two songs are versions of one: named alike and not too unlike in sound (remastered, live, without voice), or so alike in sound
/// and length that they are one recording in two files, whatever they are called.
/// </summary>
internal static class SongVersions
{
    /// <summary>Two songs of one name by one artist that sound less alike are two songs, such as the intros of two albums.</summary>
    public const double LeastCosineOfNamesakes = 0.5;

    /// <summary>
    /// A recording and its copy are at least so alike: of twelve songs all copies as FLAC, MP3 from 128 kbit/s and AAC from 192 kbit/s were,
    /// while no two different ones reached 0.94. Poorer copies sound different, and stay.
    /// </summary>
    public const double LeastCosineOfCopies = 0.98;

    /// <summary>Encoders add some padding, at most. Of different songs, one in a thousand is so nearly as long as another.</summary>
    public const float MostSecondsBetweenCopies = 0.1f;

    /// <summary>Whether one is a version of the other; it does not matter which is which.</summary>
    /// <param name="left">A song.</param>
    /// <param name="right">Another.</param>
    /// <param name="leftUnit">Its scaled features, of length 1 or 0: whatever else songs are ranked by, what these thresholds were measured on.</param>
    /// <param name="rightUnit">That of the other.</param>
    public static bool AreVersions(in SongFacts left, in SongFacts right, ReadOnlySpan<double> leftUnit, ReadOnlySpan<double> rightUnit)
    {
        var areNamesakes = left.Title != NameForms.None && left.Artist != NameForms.None && left.Title == right.Title && left.Artist == right.Artist;
        var areAsLong = left.Seconds > 0 && right.Seconds > 0 && Math.Abs(left.Seconds - right.Seconds) <= MostSecondsBetweenCopies;
        if (!areNamesakes && !areAsLong)
        {
            return false;
        }

        var cosine = UnitVectors.Cosine(leftUnit, rightUnit);
        return (areNamesakes && cosine >= LeastCosineOfNamesakes) || (areAsLong && cosine >= LeastCosineOfCopies);
    }
}
