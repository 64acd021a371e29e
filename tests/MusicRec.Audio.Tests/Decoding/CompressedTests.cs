using System.Diagnostics;
using MusicRec.Audio.Decoding;
using MusicRec.Audio.Features;
using MusicRec.Audio.Tests.Golden;

namespace MusicRec.Audio.Tests.Decoding;

/// <summary>The same song in other formats, through libsndfile and ffmpeg.</summary>
public sealed class CompressedTests
{
    public CompressedTests() => SkipWithoutDecoders();

    /// <summary>
    /// Largest differences to librosa's features of the uncompressed song; what a coder takes away, far more than what
    /// decoders differ by. In the order of <see cref="Bound"/>.
    /// </summary>
    public static TheoryData<string, double[]> Lossy => new()
    {
        { "song.mp3", [1e-4, 0.005, 100, 140, 350, 0.001, 6, 5] },
        { "song.ogg", [1e-3, 0.001, 15, 30, 60, 0.0005, 4, 3] },
        { "song.opus", [1e-3, 0.001, 5, 10, 10, 0.001, 4, 3] },
        { "song.m4a", [1e-3, 0.001, 180, 200, 650, 0.003, 10, 9] },
    };

    [Theory]
    [InlineData("song.flac", "song_44k_stereo.wav", "16-bit FLAC")]
    [InlineData("chirp.aiff", "chirp_44k_stereo.wav", "16-bit AIFF")]
    [InlineData("chirp.caf", "chirp_44k_stereo.wav", "CAF")]
    [InlineData("chirp_alac.m4a", "chirp_44k_stereo.wav", "M4A/MP4")]
    [InlineData("chirp.wv", "chirp_44k_stereo.wav", "WavPack")]
    [InlineData("chirp.tta", "chirp_44k_stereo.wav", "True Audio")]
    public void Analyze_LosslessFile_EqualsTheWavToTheBit(string name, string wav, string encoding)
    {
        using var compressed = OpenFixture(name);
        using var original = File.OpenRead(LibrosaFile.AudioPathOf(wav));
        var (actual, expected) = (SongAnalyzer.Analyze(compressed), SongAnalyzer.Analyze(original));
        Assert.Equal(expected with { Times = default }, actual with { Times = default });

        compressed.Position = 0;
        var info = AudioDecoder.ReadInfo(compressed, TestContext.Current.CancellationToken);
        Assert.Equal((encoding, 2, 44100), (info.Encoding, info.Channels, info.SampleRate));

        // ffmpeg estimates the length of some files.
        Assert.Equal(expected.FileSeconds, info.Seconds, 0.1);
    }

    [Theory]
    [MemberData(nameof(Lossy))]
    public void Analyze_LossyFile_IsNearLibrosasFeaturesOfTheOriginal(string name, double[] bounds)
    {
        using var compressed = OpenFixture(name);
        var analysis = SongAnalyzer.Analyze(compressed);
        var librosa = LibrosaFile.Find("song_44k_stereo.wav");
        foreach (var feature in Enum.GetValues<AudioFeature>())
        {
            Assert.Equal(librosa.Features![FeatureVector.Names[(int)feature]], analysis.Features[feature], Bound(feature, bounds));
        }

        Assert.Equal(librosa.Tempo, analysis.Tempo, 1e-9);
        Assert.Equal(librosa.Tuning, analysis.Tuning, 0.0101);
        Assert.Equal(12, analysis.FileSeconds, 0.05);
    }

    [Theory]
    [InlineData("chirp.aac")]
    [InlineData("chirp.wma")]
    [InlineData("chirp.webm")]
    public void Analyze_OtherFormats_AreRead(string name)
    {
        using var compressed = OpenFixture(name);
        var analysis = SongAnalyzer.Analyze(compressed);
        Assert.Equal(3, analysis.FileSeconds, 0.1);
        var librosa = LibrosaFile.Find("chirp_44k_stereo.wav").Features!;
        Assert.Equal(librosa["rmse"], analysis.Features[AudioFeature.Rms], 0.003);
        Assert.Equal(librosa["spectral_centroid"], analysis.Features[AudioFeature.SpectralCentroid], 120.0);
    }

    /// <summary>Whichever of the two a machine has: the samples of MP3 and Vorbis differ by less than a step of 16 bits.</summary>
    [Theory]
    [InlineData("song.flac", 0)]
    [InlineData("song.mp3", 1f / 32768)]
    [InlineData("song.ogg", 1f / 32768)]
    [InlineData("song.opus", 1e-3f)]
    [InlineData("chirp.aiff", 0)]
    public void BothDecoders_SameFile_GiveTheSameSamples(string name, float bound)
    {
        using var file = OpenFixture(name);
        var format = AudioFormat.Recognize(file)!;
        using var library = new SndFileSource(SndFileLibrary.Instance!, file, format);
        var expected = Read(library);

        file.Position = 0;
        using var process = Ffmpeg.Open(Ffmpeg.Program!, file, format, TestContext.Current.CancellationToken);
        var actual = Read(process);
        Assert.InRange(actual.Length, expected.Length - 48, expected.Length + 48);
        for (var i = 0; i < Math.Min(expected.Length, actual.Length); i++)
        {
            Assert.Equal(expected[i], actual[i], bound);
        }
    }

    /// <summary>While libsndfile reads the header it asks for bytes, and the garbage collector may move all objects of this program.</summary>
    [Theory]
    [InlineData("song.flac")]
    [InlineData("song.ogg")]
    [InlineData("chirp.aiff")]
    public void Open_ObjectsMoveMeanwhile_HeaderIsReadAllTheSame(string name)
    {
        using var file = OpenFixture(name);
        var format = AudioFormat.Recognize(file)!;
        using var moving = new MovingStream(file);
        using var source = new SndFileSource(SndFileLibrary.Instance!, moving, format);

        Assert.Equal((2, 44100), (source.Channels, source.SampleRate));
    }

    [Theory]
    [InlineData("song.mp3")]
    [InlineData("song.m4a")]
    public void ReadMono_StreamWithoutAName_EqualsTheFile(string name)
    {
        using var file = OpenFixture(name);
        var expected = AudioDecoder.ReadMono(file, TestContext.Current.CancellationToken);
        var actual = Decode.Clip(File.ReadAllBytes(PathOf(name)));
        Assert.Equal(expected.Samples.ToArray(), actual.Samples.ToArray());
        Assert.Equal(expected.FileFrames, actual.FileFrames);
    }

    /// <summary>ffmpeg gets a full path behind <c>file:</c>: no name is an option, another protocol or a pattern to it.</summary>
    [Theory]
    [InlineData("-i.m4a")]
    [InlineData("concat:a|b.m4a")]
    [InlineData("http:x.m4a")]
    [InlineData("%03d$(id);`id`'\"&.m4a")]
    [InlineData("노래 \u202E.m4a")]
    public void ReadMono_NameThatMeansSomethingToFfmpeg_IsOnlyAName(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows allows no such names.");
        var folder = Directory.CreateTempSubdirectory("musicrec-test-");
        var path = Path.Combine(folder.FullName, name);
        File.Copy(PathOf("song.m4a"), path);
        using (var file = File.OpenRead(path))
        {
            Assert.Equal(12, AudioDecoder.ReadInfo(file, TestContext.Current.CancellationToken).Seconds, 0.05);
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public void ReadMono_Cancelled_EndsTheProcess()
    {
        using var file = OpenFixture("song.m4a");
        Assert.ThrowsAny<OperationCanceledException>(() => AudioDecoder.ReadMono(file, new CancellationToken(canceled: true)));
    }

    /// <summary>A pipe that nobody writes to: with a song, a busy machine may be done before the time is looked at.</summary>
    [Fact]
    public void Ffmpeg_NotInTime_IsGivenUp()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such pipes.");
        var folder = Directory.CreateTempSubdirectory("musicrec-test-");
        var pipe = Path.Combine(folder.FullName, "song.m4a");
        using (var make = Process.Start("mkfifo", [pipe]))
        {
            make.WaitForExit();
        }

        var refusal = Assert.Throws<InvalidAudioException>(() => new FfmpegSource(
            Ffmpeg.Program!, pipe, null, AudioFormat.Mp4, TimeSpan.FromMilliseconds(1), TestContext.Current.CancellationToken));

        Assert.Equal(AudioProblem.Undecodable, refusal.Problem);
        Assert.Equal(["M4A/MP4", "it took over 0.001 s"], refusal.Arguments);
        folder.Delete(recursive: true);
    }

    /// <summary>A machine without the two is named by tests/run.</summary>
    internal static void SkipWithoutDecoders() =>
        Assert.SkipUnless(SndFileLibrary.Instance is not null && Ffmpeg.Program is not null, "libsndfile or ffmpeg is not installed");

    internal static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Fixtures", "compressed", name);

    internal static FileStream OpenFixture(string name) => File.OpenRead(PathOf(name));

    private static double Bound(AudioFeature feature, double[] bounds) => bounds[feature switch
    {
        AudioFeature.ChromaStft => 0,
        AudioFeature.Rms => 1,
        AudioFeature.SpectralCentroid => 2,
        AudioFeature.SpectralBandwidth => 3,
        AudioFeature.SpectralRolloff => 4,
        AudioFeature.ZeroCrossingRate => 5,
        < AudioFeature.Mfcc3 => 6,
        _ => 7,
    }];

    private static float[] Read(FrameSource source)
    {
        float[] buffer = [];
        return FrameReader.ReadMono(source, FeatureVersion.MaxSeconds, ref buffer, TimeProvider.System, TestContext.Current.CancellationToken).Samples.ToArray();
    }
}
