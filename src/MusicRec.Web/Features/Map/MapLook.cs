using MusicRec.Catalog.Map;
using MusicRec.Genres;

namespace MusicRec.Web.Features.Map;

/// <summary>How the points of a group look: by shape as well as by colour, for not everybody tells ten colours apart.</summary>
/// <param name="Group">The group.</param>
/// <param name="Colour">Name of its colour in the style sheet: <c>map-colour-…</c>.</param>
/// <param name="Path">Its shape in a square of 16 by 16, as an SVG path.</param>
internal sealed record MapLook(MapGroup Group, string Colour, string Path)
{
    private const string Dot = "M8 5a3 3 0 1 0 0 6a3 3 0 1 0 0-6z";

    private static readonly string[] Shapes =
    [
        "M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12z",
        "M3 3h10v10h-10z",
        "M8 2l6.5 11.5h-13z",
        "M8 1l6 7l-6 7l-6-7z",
        "M8 14l6.5-11.5h-13z",
        "M6 2h4v4h4v4h-4v4h-4v-4h-4v-4h4z",
        "M3.8 1.8l4.2 3.5l4.2-3.5l2 2l-3.5 4.2l3.5 4.2l-2 2l-4.2-3.5l-4.2 3.5l-2-2l3.5-4.2l-3.5-4.2z",
        "M8 1l2 4.6l5 .5l-3.8 3.3l1.1 4.9l-4.3-2.6l-4.3 2.6l1.1-4.9l-3.8-3.3l5-.5z",
        "M4.5 2h7l3.5 6l-3.5 6h-7l-3.5-6z",
        "M2 2h12v4h-4v8h-4v-8h-4z",
    ];

    /// <summary>The eight genres always look the same; others take what is free.</summary>
    public static IReadOnlyList<MapLook> Of(IReadOnlyList<MapGroup> groups)
    {
        var known = Genre.All.Select(genre => genre.Name).ToList();
        var taken = groups.Select(group => known.IndexOf(group.Label)).ToHashSet();
        var free = new Queue<int>(Enumerable.Range(0, Shapes.Length).Where(number => !taken.Contains(number)).OrderDescending());
        return
        [
            .. groups.Select(group => group.Kind switch
            {
                MapGroupKind.Genre => Own(group, known.IndexOf(group.Label) is >= 0 and var number ? number : free.Dequeue()),
                MapGroupKind.OtherGenres => new MapLook(group, "map-colour-other", Dot),
                _ => new MapLook(group, "map-colour-unknown", Dot),
            }),
        ];
    }

    private static MapLook Own(MapGroup group, int number) => new(group, $"map-colour-{number}", Shapes[number]);
}
