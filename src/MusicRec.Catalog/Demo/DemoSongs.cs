namespace MusicRec.Catalog.Demo;

/// <summary>The list of demo songs, and their sound.</summary>
public static class DemoSongs
{
    /// <summary>The songs of the demo catalog: 8 genres x 6.</summary>
    public static IReadOnlyList<DemoSong> Catalog => throw new NotImplementedException();

    /// <summary>Other songs of the same genres with other seeds, to train and to test the demo model.</summary>
    /// <param name="perGenre">Songs of each genre.</param>
    /// <param name="firstSeed">The first seed; those of <see cref="Catalog"/> must not be reached.</param>
    public static IReadOnlyList<DemoSong> Others(int perGenre, int firstSeed) => throw new NotImplementedException();

    /// <summary>Writes the song as a WAV file of 30 s, 22 050 Hz or 44 100 Hz as its genre's recipe says, 16 bit.</summary>
    public static void Write(DemoSong song, Stream wav) => throw new NotImplementedException();
}
