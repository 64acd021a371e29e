namespace MusicRec.Catalog.Demo.Synthesis.Recipes;

/// <summary>How the songs of a genre are made.</summary>
internal abstract class Recipe
{
    public abstract Style Style { get; }

    /// <summary>Records every part.</summary>
    public abstract void Play(Session song);
}
