using MusicRec.Audio.Features;
using MusicRec.Audio.Spectra;

namespace MusicRec.Audio.Tests.Golden;

/// <summary>Each stage against librosa's matrices, from librosa's own 22 050 Hz signal: no error of an earlier stage hides one here.</summary>
public sealed class FrameTests
{
    public static TheoryData<string> Names =>
    [
        "short_50ms_44k_stereo", "song_44k_mono_float32", "tone_then_silence_22k_mono",
        "resample_8000", "resample_11025", "resample_16000", "resample_24000", "resample_32000", "resample_44100",
        "resample_48000", "resample_88200", "resample_96000",
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void MelPower_LibrosaSignal_EqualsLibrosa(string name)
    {
        var (golden, spectrogram, mel) = Transform(name);
        Signals.MelPower(spectrogram, mel);

        var expected = golden.Doubles("mel_power");
        var loudest = expected.Max();
        for (var band = 0; band < FeatureVersion.MelBands; band++)
        {
            for (var frame = 0; frame < mel.FrameCount; frame++)
            {
                var power = expected[band * mel.FrameCount + frame];
                AssertClose(power, mel.Band(band)[frame], 1e-5 * power + 1e-9 * loudest, $"band {band}, frame {frame}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Mfcc_LibrosaSignal_EqualsLibrosa(string name)
    {
        var (golden, spectrogram, mel) = Transform(name);
        Signals.MelPower(spectrogram, mel);
        mel.ToDecibels();

        var expected = golden.Doubles("mfcc");
        var bands = new double[FeatureVersion.MelBands];
        var coefficients = new double[FeatureVersion.MfccCount];
        for (var frame = 0; frame < mel.FrameCount; frame++)
        {
            for (var band = 0; band < bands.Length; band++)
            {
                bands[band] = mel.Band(band)[frame];
            }

            Mfcc.Transform(bands, coefficients);
            for (var i = 0; i < coefficients.Length; i++)
            {
                AssertClose(expected[i * mel.FrameCount + frame], coefficients[i], 1e-3, $"mfcc{i + 1}, frame {frame}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Chroma_LibrosaSignal_EqualsLibrosa(string name)
    {
        var (golden, spectrogram, _) = Transform(name);
        var chroma = new double[spectrogram.FrameCount * FeatureVersion.ChromaCount];
        Chroma.Compute(spectrogram, Signals.TuningBin(new Tuning(), spectrogram), chroma);

        var expected = golden.Doubles("chroma");
        for (var frame = 0; frame < spectrogram.FrameCount; frame++)
        {
            for (var c = 0; c < FeatureVersion.ChromaCount; c++)
            {
                AssertClose(
                    expected[c * spectrogram.FrameCount + frame], chroma[frame * FeatureVersion.ChromaCount + c],
                    1e-5, $"class {c}, frame {frame}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void SpectralShape_LibrosaSignal_EqualsLibrosa(string name)
    {
        var (golden, spectrogram, _) = Transform(name);
        var (centroid, bandwidth, rolloff) = Signals.Shape(spectrogram);

        var oneBin = Spectrogram.BinFrequency(1);
        var (expectedCentroid, expectedBandwidth, expectedRolloff) =
            (golden.Doubles("centroid"), golden.Doubles("bandwidth"), golden.Doubles("rolloff"));
        for (var frame = 0; frame < spectrogram.FrameCount; frame++)
        {
            AssertClose(expectedCentroid[frame], centroid[frame], 1e-3, $"centroid, frame {frame}");
            AssertClose(expectedBandwidth[frame], bandwidth[frame], 1e-3, $"bandwidth, frame {frame}");
            // librosa cumulates in single precision; now and then that moves a frame by one bin.
            AssertClose(expectedRolloff[frame], rolloff[frame], oneBin + 1e-6, $"rolloff, frame {frame}");
        }

        AssertClose(expectedRolloff.Average(), rolloff.Average(), 0.1, "mean rolloff");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void TimeDomain_LibrosaSignal_EqualsLibrosa(string name)
    {
        var golden = LibrosaFrames.Load(name);
        var samples = golden.Floats("y");
        var rms = new double[Stft.FrameCount(samples.Length)];
        var crossings = new double[rms.Length];
        TimeDomain.Rms(samples, rms);
        TimeDomain.ZeroCrossingRate(samples, crossings);

        var expected = golden.Doubles("rms");
        for (var frame = 0; frame < rms.Length; frame++)
        {
            AssertClose(expected[frame], rms[frame], 1e-6, $"rms, frame {frame}");
        }

        Assert.Equal(golden.Doubles("zcr"), crossings);
    }

    /// <summary>numpy's <c>std</c> of each of librosa's matrices.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Deviations_LibrosaSignal_EqualLibrosa(string name)
    {
        var (golden, spectrogram, mel) = Transform(name);
        Signals.MelPower(spectrogram, mel);
        mel.ToDecibels();

        var features = Signals.Features(golden.Floats("y"), spectrogram, mel);

        AssertDeviation(golden.Doubles("chroma"), features, AudioFeature.ChromaStft, 1e-6);
        AssertDeviation(golden.Doubles("rms"), features, AudioFeature.Rms, 1e-6);
        AssertDeviation(golden.Doubles("centroid"), features, AudioFeature.SpectralCentroid, 1e-3);
        AssertDeviation(golden.Doubles("bandwidth"), features, AudioFeature.SpectralBandwidth, 1e-3);
        AssertDeviation(golden.Doubles("rolloff"), features, AudioFeature.SpectralRolloff, 0.1);
        AssertDeviation(golden.Doubles("zcr"), features, AudioFeature.ZeroCrossingRate, 1e-12);
        var mfcc = golden.Doubles("mfcc");
        for (var i = 0; i < FeatureVersion.MfccCount; i++)
        {
            AssertDeviation(mfcc.AsSpan(i * mel.FrameCount, mel.FrameCount), features, AudioFeature.Mfcc1 + i, 1e-3);
        }
    }

    private static void AssertDeviation(ReadOnlySpan<double> cells, FeatureVector features, AudioFeature feature, double tolerance)
    {
        var (sum, squares) = (0.0, 0.0);
        foreach (var cell in cells)
        {
            sum += cell;
        }

        foreach (var cell in cells)
        {
            squares += Math.Pow(cell - (sum / cells.Length), 2);
        }

        AssertClose(Math.Sqrt(squares / cells.Length), features.Deviations[(int)feature], tolerance, $"{feature}");
    }

    private static (LibrosaFrames Golden, Spectrogram Spectrogram, MelSpectrogram Mel) Transform(string name)
    {
        var golden = LibrosaFrames.Load(name);
        var spectrogram = new Spectrogram();
        Signals.Transform(new Stft(), golden.Floats("y"), spectrogram);
        return (golden, spectrogram, new MelSpectrogram());
    }

    private static void AssertClose(double expected, double actual, double tolerance, string where) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance, $"{where}: librosa {expected:R}, here {actual:R}");
}
