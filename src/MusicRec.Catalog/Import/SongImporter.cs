using MusicRec.Audio.Decoding;

namespace MusicRec.Catalog.Import;

/// <summary>What became of one file.</summary>
public enum ImportOutcome
{
    /// <summary>New; queued for indexing.</summary>
    Added,

    /// <summary>The same bytes are in the catalog already; nothing changed.</summary>
    AlreadyThere,

    /// <summary>Not a readable song; nothing stored.</summary>
    Refused,
}

/// <summary>What became of one file.</summary>
/// <param name="Outcome">New, known or refused.</param>
/// <param name="Song">The new or the known song; null when refused.</param>
/// <param name="Refusal">Why, when refused.</param>
public sealed record ImportResult(ImportOutcome Outcome, Song? Song, AudioFormatException? Refusal = null);

/// <summary>Brings files into the catalog: stored under the song's id, named from <c>artist_title.wav</c>, queued for indexing.</summary>
public sealed class SongImporter
{
    /// <summary>Imports one file. The header is checked at once, the samples when the song is indexed.</summary>
    /// <param name="content">The bytes of the file.</param>
    /// <param name="fileName">The name to take artist and title from.</param>
    /// <param name="label">Genre given by a person, or null.</param>
    /// <param name="cancellationToken">Stops the copy; nothing half-written remains.</param>
    /// <exception cref="Uploads.FileTooLargeException">More bytes than <c>Upload:MaxBytes</c>.</exception>
    public Task<ImportResult> ImportAsync(Stream content, string fileName, string? label, CancellationToken cancellationToken) => throw new NotImplementedException();
}
