using MusicRec.Catalog;
using MusicRec.Catalog.Similarity.Lists;

namespace MusicRec.Web.Features.Mix;

/// <summary>A list and what it is made from.</summary>
/// <param name="State">What its address says.</param>
/// <param name="Choices">What its rules can be chosen from.</param>
/// <param name="Songs">The songs of its address by id; without those that are not in the catalog.</param>
/// <param name="UploadName">File name of the visitor's song, or null.</param>
/// <param name="List">The list; null if nothing says yet what it is to be like.</param>
/// <param name="Find">Words looked for, or null.</param>
/// <param name="Found">Songs that were found, the first few.</param>
/// <param name="Play">Whether it begins to play by itself.</param>
internal sealed record MixPage(
    MixState State, ListChoices Choices, IReadOnlyDictionary<Guid, Song> Songs, string? UploadName, SongList? List, string? Find, IReadOnlyList<Song> Found, bool Play);
