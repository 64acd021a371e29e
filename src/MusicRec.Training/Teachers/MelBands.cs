namespace MusicRec.Training.Teachers;

/// <summary>Weights of the bins of a 512-point transform in mel bands, as the teachers were trained with.</summary>
internal static class MelBands
{
    private const int Bins = 257;

    /// <summary>librosa's <c>filters.mel</c>: Slaney's scale, triangles in Hz of unit area.</summary>
    public static float[][] Slaney(int rate, int bands, double low, double high)
    {
        var edges = Edges(bands, SlaneyMel(low), SlaneyMel(high)).Select(SlaneyHertz).ToArray();
        return Triangles(bands, bin => (double)bin * rate / 512, edges, band => 2 / (edges[band + 2] - edges[band]));
    }

    /// <summary>TensorFlow's <c>linear_to_mel_weight_matrix</c>: HTK's scale, triangles in mel of unit height, no constant part.</summary>
    public static float[][] Htk(int rate, int bands, double low, double high)
    {
        static double Mel(double hertz) => 1127 * Math.Log(1 + hertz / 700);
        var edges = Edges(bands, Mel(low), Mel(high)).ToArray();
        var weights = Triangles(bands, bin => Mel((double)bin * rate / 512), edges, _ => 1);
        foreach (var band in weights)
        {
            band[0] = 0;
        }

        return weights;
    }

    private static IEnumerable<double> Edges(int bands, double low, double high) =>
        Enumerable.Range(0, bands + 2).Select(edge => low + (high - low) * edge / (bands + 1));

    private static float[][] Triangles(int bands, Func<int, double> place, double[] edges, Func<int, double> height)
    {
        var weights = new float[bands][];
        for (var band = 0; band < bands; band++)
        {
            var (left, middle, right) = (edges[band], edges[band + 1], edges[band + 2]);
            weights[band] = [.. Enumerable.Range(0, Bins).Select(bin => (float)(height(band)
                * Math.Max(0, Math.Min((place(bin) - left) / (middle - left), (right - place(bin)) / (right - middle)))))];
        }

        return weights;
    }

    private const double HertzPerMel = 200.0 / 3;
    private const double LogStart = 1000 / HertzPerMel;
    private static readonly double LogStep = Math.Log(6.4) / 27;

    private static double SlaneyMel(double hertz) => hertz < 1000 ? hertz / HertzPerMel : LogStart + Math.Log(hertz / 1000) / LogStep;

    private static double SlaneyHertz(double mel) => mel < LogStart ? mel * HertzPerMel : 1000 * Math.Exp(LogStep * (mel - LogStart));
}
