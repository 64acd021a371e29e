using MusicRec.Audio.Decoding;
using MusicRec.Audio.Encoding;

namespace MusicRec.Audio.Tests.Encoding;

public sealed class LossyCopyTests
{
    public static TheoryData<LossyCodec> Codecs => [LossyCodec.Mp3, LossyCodec.Vorbis, LossyCodec.Opus, LossyCodec.Aac];

    [Theory]
    [MemberData(nameof(Codecs))]
    public void Write_Song_MakesAFileThatIsReadAndTheSameEachTime(LossyCodec codec)
    {
        Assert.SkipUnless(LossyCopy.IsPossible, "ffmpeg is not installed");
        var folder = Directory.CreateTempSubdirectory("musicrec-audio-");
        try
        {
            string[] paths = [Path.Combine(folder.FullName, "song.wav"), Path.Combine(folder.FullName, "a"), Path.Combine(folder.FullName, "b")];
            using (var song = File.Create(paths[0]))
            {
                WavWriter.Write(song, [.. Enumerable.Range(0, 4 * 44100).Select(n => (float)(0.5 * Math.Sin(0.06 * n)))], 1, 44100);
            }

            LossyCopy.Write(paths[0], paths[1], codec, seconds: 3);
            LossyCopy.Write(paths[0], paths[2], codec, seconds: 3);

            using var copy = File.OpenRead(paths[1]);
            Assert.InRange(SampleAnalyzer.Read(copy, 60).Length, 2.9 * 22050, 3.2 * 22050);
            Assert.Equal(File.ReadAllBytes(paths[1]), File.ReadAllBytes(paths[2]));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Write_NoSong_SaysSo()
    {
        Assert.SkipUnless(LossyCopy.IsPossible, "ffmpeg is not installed");
        var folder = Directory.CreateTempSubdirectory("musicrec-audio-");
        try
        {
            var path = Path.Combine(folder.FullName, "text");
            File.WriteAllText(path, "no song");

            Assert.Throws<UnsupportedAudioException>(() => LossyCopy.Write(path, path + ".mp3", LossyCodec.Mp3, 3));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(45)]
    public void ReadMono_Seconds_ReadsSoMany(int seconds)
    {
        using var wav = new MemoryStream();
        WavWriter.Write(wav, new float[50 * 8000], 1, 8000);
        wav.Position = 0;

        Assert.Equal(seconds * 8000, AudioDecoder.ReadMono(wav, seconds).Samples.Length);
    }
}
