using System.Runtime.Intrinsics;

namespace MusicRec.Audio.Spectra;

/// <summary>
/// Where a transform takes its input from. Implemented by structs, so that the compiler makes one transform for each and
/// no intermediate copy is written.
/// </summary>
internal interface IFftInput
{
    /// <summary>One complex element, 0 to 1023, of the four signals.</summary>
    void Load(int element, out Vector256<double> re, out Vector256<double> im);
}
