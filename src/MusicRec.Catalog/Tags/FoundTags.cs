using System.Globalization;

namespace MusicRec.Catalog.Tags;

/// <summary>Gathers what the parts of a file say; the first that says something counts.</summary>
internal sealed class FoundTags
{
    private const int FrontCover = 3;
    private const int FirstYear = 1900;
    private const int LastYear = 2100;

    private string _title = "";
    private string _artist = "";
    private string _albumArtist = "";
    private string _album = "";
    private int? _year;
    private CoverPicture? _front;
    private CoverPicture? _other;

    public SongTags Tags => new(_title, _artist.Length > 0 ? _artist : _albumArtist, _album, _front ?? _other, _year);

    /// <summary>Takes a text by the name its format has for the field; other names are passed over.</summary>
    public void Add(string name, string text)
    {
        switch (name.ToUpperInvariant())
        {
            case "TIT2" or "TT2" or "TITLE" or "INAM" or "NAME" or "©NAM":
                Keep(ref _title, text);
                break;
            case "TPE1" or "TP1" or "ARTIST" or "IART" or "AUTH" or "©ART":
                Keep(ref _artist, text);
                break;
            case "TPE2" or "TP2" or "ALBUMARTIST" or "AART":
                Keep(ref _albumArtist, text);
                break;
            case "TALB" or "TAL" or "ALBUM" or "IPRD" or "©ALB":
                Keep(ref _album, text);
                break;
            case "TDRC" or "TDRL" or "TYER" or "TYE" or "DATE" or "YEAR" or "ICRD" or "©DAY":
                _year ??= YearOf(text);
                break;
        }
    }

    /// <param name="type">3: front cover; by the list of ID3 that the other formats took over.</param>
    /// <param name="bytes">Anything; kept if it is a picture.</param>
    public void AddPicture(uint type, ReadOnlySpan<byte> bytes)
    {
        if (type == FrontCover)
        {
            _front ??= CoverPicture.Of(bytes);
        }
        else
        {
            _other ??= CoverPicture.Of(bytes);
        }
    }

    /// <summary>Dates begin with the year, in every format.</summary>
    private static int? YearOf(string text) =>
        text.AsSpan().Trim() is { Length: >= 4 } date
        && int.TryParse(date[..4], NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= FirstYear and <= LastYear
            ? year
            : null;

    private static void Keep(ref string field, string text)
    {
        if (field.Length == 0)
        {
            field = SongNames.Clean(text, SongNames.MaxLength);
        }
    }
}
