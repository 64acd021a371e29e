using MusicRec.Audio.Decoding;
using MusicRec.Fuzzing;

namespace MusicRec.Audio.Tests.Decoding;

public sealed class WavFuzzTests
{
    private static readonly byte[] Samples = [.. Enumerable.Range(0, 4800).Select(i => (byte)(128 + (100 * Math.Sin(i / 9.0))))];

    private static readonly byte[][] Valid =
    [
        WavBuilder.Plain(WavBuilder.Pcm, 8, 1, 8000, Samples),
        WavBuilder.Plain(WavBuilder.Pcm, 16, 2, 44_100, Samples),
        WavBuilder.Plain(WavBuilder.Pcm, 24, 2, 96_000, Samples),
        WavBuilder.Plain(WavBuilder.Pcm, 32, 6, 48_000, Samples),
        WavBuilder.Plain(WavBuilder.ALaw, 8, 1, 8000, Samples),
        WavBuilder.Plain(WavBuilder.MuLaw, 8, 2, 8000, Samples),
        WavBuilder.Float32(2, 48_000, [.. Samples.Select(sample => sample / 256f)]),
        WavBuilder.Plain(WavBuilder.Float, 64, 1, 22_050, new byte[800]),
        new WavBuilder().ExtensibleFormat(WavBuilder.Pcm, 32, 24, 2, 44_100).Chunk("data", Samples).ToArray(),
        new WavBuilder().Chunk("LIST", new byte[33]).Format(WavBuilder.Pcm, 16, 1, 44_100).Chunk("fact", new byte[4]).Chunk("data", Samples).Chunk("id3 ", new byte[20]).ToArray(),
        new WavBuilder("RF64").LongSizes(Samples.Length).Format(WavBuilder.Pcm, 16, 2, 44_100).Chunk("data", Samples, claimedSize: uint.MaxValue).ToArray(),
        new WavBuilder("BW64").LongSizes(Samples.Length).Format(WavBuilder.Pcm, 24, 1, 44_100).Chunk("data", Samples, claimedSize: uint.MaxValue).ToArray(),
    ];

    [Fact]
    public void ReadMono_DamagedFiles_AreReadOrRefused() => Fuzzer.Run(
        Valid,
        bytes =>
        {
            using var file = new MemoryStream(bytes);
            var clip = AudioDecoder.ReadMono(file);

            Assert.InRange(clip.Samples.Length, 1, bytes.Length);
            Assert.InRange(clip.FileFrames, clip.Samples.Length, bytes.Length);
            Assert.DoesNotContain(clip.Samples.ToArray(), sample => !float.IsFinite(sample));
        },
        exception => exception is AudioFormatException,
        mostBytes: 1 << 20);

    [Fact]
    public void ReadInfo_DamagedFiles_AreDescribedOrRefused() => Fuzzer.Run(
        Valid,
        bytes =>
        {
            using var file = new MemoryStream(bytes);
            var info = AudioDecoder.ReadInfo(file);

            Assert.InRange(info.Frames, 1, bytes.Length);
            Assert.InRange(info.Channels, 1, 32);
            Assert.InRange(info.SampleRate, 1000, 384_000);
        },
        exception => exception is AudioFormatException,
        mostBytes: 1 << 20);
}
