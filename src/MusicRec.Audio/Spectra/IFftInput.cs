namespace MusicRec.Audio.Spectra;

/// <summary>
/// Where a transform takes its input from. Implemented by structs, so that the compiler makes one transform for each and
/// no intermediate copy is written.
/// </summary>
internal interface IFftInput<TLanes>
{
    /// <summary>One complex element of the signals: number <paramref name="element"/> (0 to 255) of a quarter (0 to 3) of the 1024.</summary>
    void Load(int element, int quarter, out TLanes re, out TLanes im);
}
