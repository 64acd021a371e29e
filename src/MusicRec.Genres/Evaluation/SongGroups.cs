namespace MusicRec.Genres.Evaluation;

/// <summary>Which songs belong together: those of one artist, and copies of one recording.</summary>
public static class SongGroups
{
    /// <summary>
    /// A group number for each song. Where no artist is known at all, every song is a group of its own; where artists are
    /// known, songs of one artist and songs with the same name, hash or features are one group, directly or by way of others.
    /// </summary>
    public static IReadOnlyList<int> Of(IReadOnlyList<EvaluationSong> songs)
    {
        var parents = Enumerable.Range(0, songs.Count).ToArray();
        if (songs.All(song => song.Artist is null))
        {
            return parents;
        }

        foreach (var trait in SongTrait.All)
        {
            var first = new Dictionary<string, int>(StringComparer.Ordinal);
            for (var i = 0; i < songs.Count; i++)
            {
                if (trait.Of(songs[i]) is { } value && !first.TryAdd(value, i))
                {
                    parents[Root(parents, i)] = Root(parents, first[value]);
                }
            }
        }

        return [.. Enumerable.Range(0, songs.Count).Select(i => Root(parents, i))];
    }

    private static int Root(int[] parents, int song)
    {
        while (parents[song] != song)
        {
            song = parents[song];
        }

        return song;
    }
}
