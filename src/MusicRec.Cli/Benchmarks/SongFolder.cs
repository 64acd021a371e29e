using MusicRec.Audio.Encoding;
using MusicRec.Audio.Features;
using MusicRec.Catalog.Demo;
using MusicRec.Catalog.Demo.Synthesis;

namespace MusicRec.Cli.Benchmarks;

/// <summary>Demo songs as WAV files in a folder that goes with this object.</summary>
internal sealed class SongFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("musicrec-bench-");

    /// <summary>A song as the demo catalog has it: 30 s, stereo, 44 100 Hz, 16 bit.</summary>
    public string AddStereo(DemoSong song)
    {
        using var wav = File.Create(PathOf($"{song.Seed}.wav"));
        DemoSongs.Write(song, wav);
        return wav.Name;
    }

    /// <summary>The same song as the analysis wants it: mono, 22 050 Hz, so that nothing is resampled.</summary>
    public string AddMono(DemoSong song)
    {
        // Two frames of two channels become one sample.
        const int SamplesPerFrame = 4;
        var stereo = SongSynthesizer.Render(song.Genre, song.Seed);
        var mono = new float[stereo.Length / SamplesPerFrame];
        for (var n = 0; n < mono.Length; n++)
        {
            var at = SamplesPerFrame * n;
            mono[n] = (stereo[at] + stereo[at + 1] + stereo[at + 2] + stereo[at + 3]) / SamplesPerFrame;
        }

        using var wav = File.Create(PathOf($"{song.Seed}-mono.wav"));
        WavWriter.Write(wav, mono, 1, FeatureVersion.SampleRate);
        return wav.Name;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);
}
