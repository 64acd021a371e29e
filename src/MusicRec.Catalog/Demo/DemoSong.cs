namespace MusicRec.Catalog.Demo;

/// <summary>A song the program makes itself: the same genre and seed always give the same bytes.</summary>
/// <param name="Genre">Label of one of the eight genres.</param>
/// <param name="Artist">A made-up artist.</param>
/// <param name="Title">A made-up title.</param>
/// <param name="Seed">Decides every note.</param>
public sealed record DemoSong(string Genre, string Artist, string Title, int Seed);
