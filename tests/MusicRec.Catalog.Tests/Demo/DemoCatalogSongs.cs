using MusicRec.Catalog.Demo;

namespace MusicRec.Catalog.Tests.Demo;

/// <summary>The 48 songs, made once for all tests.</summary>
public sealed class DemoCatalogSongs
{
    internal RenderedSong[] Songs { get; } = RenderedSong.OfAll(DemoSongs.Catalog);

    internal double Mean(string genre, Func<RenderedSong, double> value) => Songs.Where(song => song.Song.Genre == genre).Average(value);
}
