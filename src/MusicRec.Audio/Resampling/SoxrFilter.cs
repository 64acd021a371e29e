namespace MusicRec.Audio.Resampling;

/// <summary>
/// The filters libsoxr chooses at quality HQ (librosa's default <c>soxr_hq</c>) on the way to 22 050 Hz, measured by
/// impulses: a filter at the input rate times <see cref="Upsampling"/>, then an interpolation.
/// </summary>
/// <param name="Upsampling">1, or 2 where a zero is inserted after every sample.</param>
/// <param name="Length">Taps of the first filter.</param>
/// <param name="Beta">Shape of its window.</param>
/// <param name="Cutoff">Its cutoff.</param>
/// <param name="InterpolationCutoff">Cutoff of the interpolation kernel; 0 where there is no interpolation.</param>
/// <param name="InterpolationWidth">Width of that kernel in samples.</param>
/// <param name="InterpolationGrid">Steps between two samples that the kernel was tabulated at.</param>
internal sealed record SoxrFilter(
    int Upsampling, int Length, double Beta, double Cutoff,
    double InterpolationCutoff = 0, int InterpolationWidth = 0, int InterpolationGrid = 0)
{
    private const double InterpolationBeta = 14.058638742;
    private const double Cutoff441 = 0.4784359133;
    private const double Cutoff48 = 0.4395629954;

    /// <summary>The interpolation kernel of the second stage.</summary>
    public KaiserSinc Interpolation => new(
        InterpolationCutoff, InterpolationBeta, InterpolationWidth / 2.0 - 1 / (4.0 * InterpolationGrid));

    /// <summary>
    /// The filters for a rate below 88 200 Hz, or null where they were not measured. Rates that came there by halving
    /// have sharper ones.
    /// </summary>
    /// <param name="rate">The rate after halving, in Hz; a fraction where an odd rate was halved.</param>
    /// <param name="halvings">How often the rate was halved.</param>
    public static SoxrFilter? For(double rate, int halvings) => (rate, halvings) switch
    {
        (8000, 0) => Low(882),
        (11025, 0) => new(2, 389, 13.040035757, Cutoff441),
        (12000, 0) => Low(294),
        (16000 or 22000, 0) => Low(882),
        (24000, 0) => new(2, 445, 13.711204172, Cutoff48, 0.9046372461, 14, 147),
        (32000, 0) => new(2, 589, 13.711204172, 0.3296722465, 0.8925063857, 12, 441),
        (44100, 0) => new(1, 389, 13.040035757, Cutoff441),
        (44100, 1) => new(1, 409, 13.711204172, Cutoff441),
        (44100, _) => new(1, 421, 14.104186059, Cutoff441),
        (48000, 0) => new(1, 445, 13.711204172, Cutoff48, 0.9046372461, 14, 147),
        (48000, 1) => new(1, 465, 14.383178727, Cutoff48, 0.9046372461, 14, 147),
        (48000, _) => new(1, 477, 14.776633412, Cutoff48, 0.9046372461, 14, 147),
        (64000, _) => new(1, 589, 13.711204172, 0.3296722465, 0.8925063857, 12, 441),
        _ => null,
    };

    private static SoxrFilter Low(int grid) => new(2, 409, 13.711204172, Cutoff441, 0.9089284349, 15, grid);
}
