using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using MusicRec.Genres.Training;

namespace MusicRec.Genres.Evaluation.Retrieval;

/// <summary>What is known of the songs of a folder.</summary>
public static class RetrievalSongs
{
    /// <summary>A song of which nothing is known but where it lies: the first folder is its album.</summary>
    public static RetrievalSong ByPath(string folder, string path)
    {
        var parts = Path.GetRelativePath(folder, path).Split(Path.DirectorySeparatorChar);
        return new RetrievalSong(string.Join('/', parts), null, null, parts.Length > 1 ? parts[0] : null);
    }

    /// <summary>Reads comma-separated values with the header <c>file,genre,artist,album</c>; files are paths below the folder with forward slashes.</summary>
    /// <exception cref="InvalidDataException">Another header, a row of another length, or no song.</exception>
    /// <exception cref="IOException">The file could not be read.</exception>
    public static IReadOnlyList<RetrievalSong> Read(string path)
    {
        using var reader = new StreamReader(path);
        using var parser = new CsvParser(reader, new CsvConfiguration(CultureInfo.InvariantCulture) { BadDataFound = null });
        if (!parser.Read() || parser.Record is not ["file", "genre", "artist", "album"])
        {
            throw new InvalidDataException($"{path}: songs are expected under a header 'file,genre,artist,album'.");
        }

        var songs = new List<RetrievalSong>();
        while (parser.Read())
        {
            if (parser.Record is not [var file, var genre, var artist, var album])
            {
                throw new InvalidDataException($"{path}: line {parser.RawRow} has {parser.Record?.Length} fields, not 4.");
            }

            songs.Add(new RetrievalSong(CellText.Read(file), KnownOrNull(genre), KnownOrNull(artist), KnownOrNull(album)));
        }

        return songs.Count > 0 ? songs : throw new InvalidDataException($"{path}: no song is named.");
    }

    private static string? KnownOrNull(string cell) => CellText.Read(cell).Trim() is { Length: > 0 } text ? text : null;
}
