using MusicRec.Catalog.Tags;

namespace MusicRec.Catalog.Import;

/// <summary>What a song's file says of itself.</summary>
/// <param name="FileName">As <see cref="SongNames.CleanFileName"/> makes it.</param>
/// <param name="Sha256">Hash of the bytes.</param>
/// <param name="Seconds">Length.</param>
/// <param name="Tags">What its tags say.</param>
internal sealed record SongFile(string FileName, string Sha256, double Seconds, SongTags Tags)
{
    /// <summary>Artist and title by the tags, and where they say nothing by the file's name.</summary>
    public SongName Name
    {
        get
        {
            var byFileName = SongNames.Parse(FileName);
            return new SongName(Tags.Artist.Length > 0 ? Tags.Artist : byFileName.Artist, Tags.Title.Length > 0 ? Tags.Title : byFileName.Title);
        }
    }
}
