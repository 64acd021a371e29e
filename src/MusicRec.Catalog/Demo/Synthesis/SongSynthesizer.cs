using MusicRec.Catalog.Demo.Synthesis.Recipes;

namespace MusicRec.Catalog.Demo.Synthesis;

/// <summary>Makes a song of a genre from a seed. Single-threaded, from plain arithmetic only: the same samples on every machine.</summary>
internal static class SongSynthesizer
{
    private static readonly Dictionary<string, Recipe> Recipes = new()
    {
        ["Ballad"] = new BalladRecipe(),
        ["Dance"] = new DanceRecipe(),
        ["Folk"] = new FolkRecipe(),
        ["Hiphop"] = new HiphopRecipe(),
        ["Indie"] = new IndieRecipe(),
        ["RnB"] = new RnBRecipe(),
        ["Rock"] = new RockRecipe(),
        ["Trot"] = new TrotRecipe(),
    };

    /// <summary>30 seconds, left and right in turn.</summary>
    /// <exception cref="ArgumentException">There is no recipe for the genre.</exception>
    public static float[] Render(string genre, int seed)
    {
        using var session = Begin(genre, seed, out var recipe);
        recipe.Play(session);
        return session.Finish();
    }

    /// <summary>The key that a song is in.</summary>
    public static (int Tonic, bool IsMinor) KeyOf(string genre, int seed)
    {
        using var session = Begin(genre, seed, out _);
        return session.Key;
    }

    private static Session Begin(string genre, int seed, out Recipe recipe) => Recipes.TryGetValue(genre, out recipe!)
        ? new Session(recipe.Style, new RandomSource((ulong)seed))
        : throw new ArgumentException($"There is no recipe for songs of the genre '{genre}'.", nameof(genre));
}
