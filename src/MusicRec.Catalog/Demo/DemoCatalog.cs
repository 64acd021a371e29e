namespace MusicRec.Catalog.Demo;

/// <summary>How far the demo catalog is.</summary>
/// <param name="Total">Songs of the demo catalog.</param>
/// <param name="Made">Songs synthesized and imported.</param>
/// <param name="IsRunning">Whether songs are still being made.</param>
public sealed record DemoProgress(int Total, int Made, bool IsRunning);

/// <summary>Fills an empty catalog with songs the program makes itself, in the background of the first start.</summary>
public sealed class DemoCatalog
{
    /// <summary>How far it is.</summary>
    public DemoProgress Progress => throw new NotImplementedException();
}
