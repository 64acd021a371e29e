using MusicRec.Audio.Features;

namespace MusicRec.Catalog.Songs;

/// <summary>A page of songs.</summary>
/// <param name="Total">Songs that match, on all pages.</param>
/// <param name="Items">The songs of this page, by artist, title, id.</param>
public sealed record SongPage(int Total, IReadOnlyList<Song> Items);

/// <summary>How many songs stand where.</summary>
public sealed record SongCounts(int Total, int Queued, int Analyzing, int Indexed, int Failed);

/// <summary>Finds, edits and deletes the songs of the catalog.</summary>
public sealed class SongCatalog
{
    /// <summary>Songs whose title, artist or file name contains the query (any case) and whose shown genre matches.</summary>
    /// <param name="query">Words to find, or null for all.</param>
    /// <param name="genre">A genre label, or null for all.</param>
    /// <param name="status">Only songs of this status, or null for all.</param>
    /// <param name="page">1 or more.</param>
    /// <param name="pageSize">1 to 100.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public Task<SongPage> ListAsync(string? query, string? genre, SongStatus? status, int page, int pageSize, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>One song, or null.</summary>
    public Task<Song?> FindAsync(Guid id, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>The 26 features of a song, or null until it is analysed.</summary>
    public Task<FeatureVector?> FindFeaturesAsync(Guid id, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>The audio of a song for reading, seekable; null if the file is missing.</summary>
    public Stream? OpenAudio(Guid id) => throw new NotImplementedException();

    /// <summary>Changes what a person may change. Returns false if the song is gone.</summary>
    public Task<bool> EditAsync(Guid id, string title, string artist, string? label, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Removes a song from catalog, index and disk. Returns false if it was gone.</summary>
    public Task<bool> DeleteAsync(Guid id, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Counts by status.</summary>
    public Task<SongCounts> CountAsync(CancellationToken cancellationToken) => throw new NotImplementedException();
}
