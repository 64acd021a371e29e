using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CsvHelper;
using MusicRec.Genres.Training;

namespace MusicRec.Catalog.Playlists;

/// <summary>In what form a list is taken away.</summary>
public enum PlaylistFormat
{
    /// <summary>For players: the songs' addresses on this site.</summary>
    M3u8,

    /// <summary>For players that have the files: their names, to be put into the folder of the music.</summary>
    M3u8Files,

    /// <summary>For spreadsheets.</summary>
    Csv,

    /// <summary>For programs.</summary>
    Json,
}

/// <summary>Writes a list of songs as a file.</summary>
public static class PlaylistFile
{
    private static readonly JsonWriterOptions JsonOptions = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Type of the file, for the header of an answer.</summary>
    public static string MediaTypeOf(PlaylistFormat format) => format switch
    {
        PlaylistFormat.Csv => "text/csv; charset=utf-8",
        PlaylistFormat.Json => "application/json; charset=utf-8",
        _ => "audio/x-mpegurl; charset=utf-8",
    };

    /// <summary>A name for the file by the name of the list: without what file systems or shells take for something else.</summary>
    public static string NameOf(PlaylistFormat format, string name)
    {
        var plain = string.Concat(name.Select(letter => char.IsControl(letter) || "\\/:*?\"<>|%;".Contains(letter, StringComparison.Ordinal) ? '_' : letter)).Trim(' ', '.');
        var ending = format switch { PlaylistFormat.Csv => "csv", PlaylistFormat.Json => "json", _ => "m3u8" };
        return $"{(plain.Length > 0 ? plain : "playlist")}.{ending}";
    }

    /// <summary>The bytes of the file.</summary>
    /// <param name="format">In what form.</param>
    /// <param name="name">Name of the list.</param>
    /// <param name="songs">In their order.</param>
    /// <param name="addressOf">The full address of a song's sound.</param>
    public static byte[] Write(PlaylistFormat format, string name, IReadOnlyList<Song> songs, Func<Song, string> addressOf) => format switch
    {
        PlaylistFormat.Csv => WriteCsv(songs, addressOf),
        PlaylistFormat.Json => WriteJson(name, songs, addressOf),
        PlaylistFormat.M3u8 => WriteM3u8(name, songs, addressOf),
        _ => WriteM3u8(name, songs, song => $"./{song.FileName}"),
    };

    private static byte[] WriteM3u8(string name, IReadOnlyList<Song> songs, Func<Song, string> placeOf)
    {
        var text = new StringBuilder("#EXTM3U\n").Append("#PLAYLIST:").Append(OneLine(name)).Append('\n');
        foreach (var song in songs)
        {
            var title = song.Artist.Length > 0 ? $"{song.Artist} - {song.Title}" : song.Title;
            text.Append(CultureInfo.InvariantCulture, $"#EXTINF:{(long)Math.Round(song.Seconds)},{OneLine(title)}\n{OneLine(placeOf(song))}\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>With a byte order mark: spreadsheets read Korean right then.</summary>
    private static byte[] WriteCsv(IReadOnlyList<Song> songs, Func<Song, string> addressOf)
    {
        using var bytes = new MemoryStream();
        using (var writer = new StreamWriter(bytes, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)))
        using (var csv = new CsvWriter(writer, CultureInfo.InvariantCulture))
        {
            WriteRow(csv, ["number", "title", "artist", "album", "year", "genre", "seconds", "tempo", "file", "url"]);
            for (var i = 0; i < songs.Count; i++)
            {
                var song = songs[i];
                WriteRow(csv,
                [
                    Number(i + 1, "0"), CellText.Write(song.Title), CellText.Write(song.Artist), CellText.Write(song.Album), Number(song.Year, "0"),
                    CellText.Write(song.Genre ?? ""), Number(song.Seconds, "0.0"), Number(song.Tempo, "0.0"), CellText.Write(song.FileName), addressOf(song),
                ]);
            }
        }

        return bytes.ToArray();
    }

    private static byte[] WriteJson(string name, IReadOnlyList<Song> songs, Func<Song, string> addressOf)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, JsonOptions))
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteStartArray("songs");
            foreach (var song in songs)
            {
                WriteSong(json, song, addressOf(song));
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    private static void WriteSong(Utf8JsonWriter json, Song song, string address)
    {
        json.WriteStartObject();
        json.WriteString("id", song.Id);
        json.WriteString("title", song.Title);
        json.WriteString("artist", song.Artist);
        json.WriteString("album", song.Album);
        WriteNumber(json, "year", song.Year);
        json.WriteString("genre", song.Genre);
        json.WriteNumber("seconds", Math.Round(song.Seconds, 3));
        WriteNumber(json, "tempo", song.Tempo is { } tempo ? Math.Round(tempo, 1) : null);
        json.WriteString("file", song.FileName);
        json.WriteString("url", address);
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void WriteRow(CsvWriter csv, IEnumerable<string> cells)
    {
        foreach (var cell in cells)
        {
            csv.WriteField(cell);
        }

        csv.NextRecord();
    }

    private static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "";

    /// <summary>A name may not begin a line of its own: players take each for a file.</summary>
    private static string OneLine(string text) => string.Concat(text.Select(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029' ? ' ' : letter));
}
