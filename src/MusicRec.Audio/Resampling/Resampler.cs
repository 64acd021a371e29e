using MusicRec.Audio.Features;

namespace MusicRec.Audio.Resampling;

/// <summary>
/// Brings a signal from one rate to 22 050 Hz as librosa does by default (<c>resample(res_type="soxr_hq")</c>). Holds the
/// filters of one rate and its own work memory: one thread at a time.
/// </summary>
/// <remarks>
/// The pass band ends at 91.4 % of the lower Nyquist frequency and the stop band begins at it. The shape of this
/// transition decides whether features agree with librosa's; other good resamplers move the rolloff by 100 Hz. Linear
/// phase: output m lies at input time m * rate / 22 050 exactly; outside the input there are zeros, and zeros stay
/// exact zeros.
/// </remarks>
public sealed class Resampler
{
    private const int OutputRate = FeatureVersion.SampleRate;

    /// <summary>From this rate on the signal is halved first.</summary>
    private const int HalvingRate = 88200;

    // Flat to 0.23 and below -130 dB from 0.77 of the input's Nyquist frequency; as long as libsoxr's, so that the first
    // samples, which lack the signal before time 0, agree as well as they can (6e-5 of full scale).
    private const int HalfBandLength = 35;
    private const double HalfBandBeta = 13.4;

    /// <summary>Halves the rate of a signal.</summary>
    private delegate void Decimator(ReadOnlySpan<float> x, Span<float> y);

    private readonly int _inputRate;
    private readonly Halver[] _halvers;
    private readonly Decimator? _decimator;
    private readonly Upsampler? _upsampler;
    private readonly Interpolator? _interpolator;
    private readonly SampleBuffer _input = new();
    private readonly SampleBuffer _intermediate = new();

    /// <summary>Designs the filters for one input rate.</summary>
    /// <param name="inputRate">Rate in Hz, at least 1000, not 22 050.</param>
    public Resampler(int inputRate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputRate, 1000);
        ArgumentOutOfRangeException.ThrowIfEqual(inputRate, OutputRate);
        _inputRate = inputRate;

        // An odd rate is halved as well; from here on rates are fractions of 2^halvings.
        var halvings = 0;
        while (inputRate >> halvings >= HalvingRate)
        {
            halvings++;
        }

        _halvers = [.. Enumerable.Range(0, halvings).Select(_ => new Halver(KaiserSinc.Taps(HalfBandLength, 0.5, HalfBandBeta, 1)))];
        var filter = SoxrFilter.For((double)inputRate / (1 << halvings), halvings);
        if (filter is null)
        {
            var band = Math.Min(1, OutputRate * (double)(1 << halvings) / inputRate);
            _interpolator = new Interpolator(ContinuousKernel(band), inputRate, OutputRate << halvings);
            return;
        }

        var taps = KaiserSinc.Taps(filter.Length, filter.Cutoff, filter.Beta, filter.Upsampling);
        if (inputRate == 2 * OutputRate << halvings)
        {
            _decimator = EightLanes.AreFast ? new FftHalver<EightLanes>(taps).Apply : new FftHalver<FourLanes>(taps).Apply;
            return;
        }

        _upsampler = new Upsampler(taps, filter.Upsampling);
        if (inputRate * filter.Upsampling != OutputRate)
        {
            _interpolator = new Interpolator(filter.Interpolation, inputRate * filter.Upsampling, OutputRate << halvings);
        }
    }

    /// <summary>Samples at 22 050 Hz for so many at another rate: the quotient rounded up.</summary>
    public static int OutputLength(int samples, int inputRate) =>
        (int)(((long)samples * OutputRate + inputRate - 1) / inputRate);

    /// <summary>Resamples a whole signal.</summary>
    /// <param name="input">Samples at the input rate.</param>
    /// <param name="output">Receives <see cref="OutputLength"/> samples.</param>
    public void Resample(ReadOnlySpan<float> input, Span<float> output)
    {
        var computed = output[..ComputedLength(input.Length)];
        output[computed.Length..].Clear();

        if (_decimator is not null && _halvers.Length == 0)
        {
            _decimator(input, computed);
            return;
        }

        _input.Set(input);
        foreach (var halver in _halvers)
        {
            // The signal goes on while the filter rings.
            halver.Apply(_input.Samples, (_input.Samples.Length + HalfBandLength) / 2, _input);
        }

        if (_decimator is not null)
        {
            _decimator(_input.Samples, computed);
        }
        else if (_interpolator is null)
        {
            _upsampler!.Apply(_input, computed.Length, _intermediate);
            _intermediate.Samples.CopyTo(computed);
        }
        else if (_upsampler is null)
        {
            _interpolator.Apply(_input, computed);
        }
        else
        {
            _upsampler.Apply(_input, _interpolator.InputLength(computed.Length), _intermediate);
            _interpolator.Apply(_intermediate, computed);
        }
    }

    /// <summary>
    /// libsoxr rounds the length to the nearest (halves up) where librosa rounds up; librosa fills the sample that may be
    /// missing with a zero.
    /// </summary>
    private int ComputedLength(int samples) =>
        (int)((2L * samples * OutputRate + _inputRate) / (2L * _inputRate));

    /// <summary>One kernel close to libsoxr's for rates whose stages were not measured; band is the lower Nyquist frequency over the input's.</summary>
    private static KaiserSinc ContinuousKernel(double band) => new(0.9568718266 * band, 13.711204172, 102.25 / band);
}
