namespace MusicRec.Web.Features.Mix;

/// <summary>The parameters in the address of a list, as somebody wrote them; <see cref="MixState.Of"/> makes sense of them.</summary>
public sealed class MixQuery
{
    /// <summary>Songs the list is like.</summary>
    public Guid[] Like { get; set; } = [];

    /// <summary>Songs it is less like.</summary>
    public Guid[] Unlike { get; set; } = [];

    /// <summary>A visitor's song it is like.</summary>
    public Guid? Upload { get; set; }

    /// <summary>First song of a path.</summary>
    public Guid? From { get; set; }

    /// <summary>Last song of a path.</summary>
    public Guid? To { get; set; }

    /// <summary>Songs wanted.</summary>
    public int? Count { get; set; }

    /// <summary>Songs by one artist at most; 0 for any number.</summary>
    public int? Artist { get; set; }

    /// <summary>Whether versions of one song may stand side by side.</summary>
    public bool Versions { get; set; }

    /// <summary>Label of a genre.</summary>
    public string? Genre { get; set; }

    /// <summary>Least beats per minute.</summary>
    public int? TempoFrom { get; set; }

    /// <summary>Most beats per minute.</summary>
    public int? TempoTo { get; set; }

    /// <summary>First year of ten.</summary>
    public int? Decade { get; set; }

    /// <summary>Words to find songs by that the list may begin with.</summary>
    public string? Find { get; set; }

    /// <summary>Whether the list begins to play by itself.</summary>
    public bool Play { get; set; }
}
