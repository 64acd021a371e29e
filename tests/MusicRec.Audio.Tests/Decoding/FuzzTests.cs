using System.Buffers.Binary;
using MusicRec.Audio.Decoding;

namespace MusicRec.Audio.Tests.Decoding;

/// <summary>Damaged files give finite numbers or an <see cref="AudioFormatException"/>, and nothing else.</summary>
public sealed class FuzzTests
{
    private const int MutantsPerSeed = 500;
    private static readonly byte[][] Originals = [.. MakeOriginals()];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void ReadMono_DamagedFiles_GiveFiniteSamplesOrARefusal(int seed)
    {
        var (read, refused) = (0, 0);
        foreach (var mutant in Mutants(seed, MutantsPerSeed))
        {
            try
            {
                var clip = Decode.Clip(mutant);
                Assert.InRange(clip.Samples.Length, 1, mutant.Length);
                Assert.InRange(clip.FileFrames, clip.Samples.Length, mutant.Length);
                Assert.Equal(-1, clip.Samples.ToArray().AsSpan().IndexOfAnyExceptInRange(float.MinValue, float.MaxValue));
                Assert.Equal(clip.FileFrames, Decode.Info(mutant).Frames);
                read++;
            }
            catch (AudioFormatException refusal)
            {
                Assert.NotEmpty(refusal.Message);
                refused++;
            }
        }

        // Damage that always or never matters would test nothing.
        Assert.InRange(read, MutantsPerSeed / 10, MutantsPerSeed);
        Assert.InRange(refused, MutantsPerSeed / 10, MutantsPerSeed);
    }

    [Fact]
    public void Analyze_DamagedFiles_GivesFiniteFeaturesOrARefusal()
    {
        var analysed = 0;
        foreach (var mutant in Mutants(seed: 99, count: 300))
        {
            try
            {
                using var stream = new MemoryStream(mutant);
                var analysis = SongAnalyzer.Analyze(stream);
                Assert.All(analysis.Features.Values.ToArray(), value => Assert.True(double.IsFinite(value)));
                Assert.True(double.IsFinite(analysis.Tempo));
                Assert.InRange(analysis.Tuning, -0.5, 0.5);
                analysed++;
            }
            catch (AudioFormatException)
            {
                continue;
            }
        }

        Assert.InRange(analysed, 30, 270);
    }

    private static IEnumerable<byte[]> Mutants(int seed, int count)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            yield return Mutate(Originals[random.Next(Originals.Length)], random);
        }
    }

    private static byte[] Mutate(byte[] original, Random random)
    {
        var bytes = original.ToArray();
        for (var damage = random.Next(1, 4); damage > 0; damage--)
        {
            switch (random.Next(6))
            {
                case 0:
                    FlipBit(bytes, random.Next(bytes.Length), random);
                    break;
                case 1:
                    // Headers are short beside the samples; they deserve half of the damage.
                    FlipBit(bytes, random.Next(Math.Min(bytes.Length, 80)), random);
                    break;
                case 2:
                    bytes = bytes[..random.Next(1, bytes.Length + 1)];
                    break;
                case 3:
                    ReplaceChunkSize(bytes, random);
                    break;
                case 4:
                    bytes[random.Next(Math.Min(bytes.Length, 80))] = (byte)random.Next(256);
                    break;
                default:
                    bytes = InsertBytes(bytes, random);
                    break;
            }
        }

        return bytes;
    }

    private static void FlipBit(byte[] bytes, int position, Random random) => bytes[position] ^= (byte)(1 << random.Next(8));

    private static void ReplaceChunkSize(byte[] bytes, Random random)
    {
        byte[][] names = ["fmt "u8.ToArray(), "data"u8.ToArray(), "LIST"u8.ToArray(), "ds64"u8.ToArray()];
        var name = bytes.AsSpan().IndexOf(names[random.Next(names.Length)]);
        if (name >= 0 && name + 8 <= bytes.Length)
        {
            uint[] sizes = [0, 1, 15, (uint)random.Next(64), (uint)random.Next(bytes.Length), 0x7FFFFFFF, 0x80000000, 0xFFFF0000, 0xFFFFFFFE, uint.MaxValue];
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(name + 4), sizes[random.Next(sizes.Length)]);
        }
    }

    private static byte[] InsertBytes(byte[] bytes, Random random)
    {
        var inserted = new byte[random.Next(1, 20)];
        random.NextBytes(inserted);
        var at = random.Next(bytes.Length + 1);
        return [.. bytes[..at], .. inserted, .. bytes[at..]];
    }

    private static IEnumerable<byte[]> MakeOriginals()
    {
        var random = new Random(0);
        foreach (var (tag, bits) in new[] { (WavBuilder.Pcm, 8), (WavBuilder.Pcm, 16), (WavBuilder.Pcm, 24), (WavBuilder.Pcm, 32), (WavBuilder.ALaw, 8), (WavBuilder.MuLaw, 8) })
        {
            foreach (var channels in new[] { 1, 2, 5 })
            {
                var data = new byte[480 * channels * bits / 8];
                random.NextBytes(data);
                yield return WavBuilder.Plain(tag, bits, channels, 44100, data);
                yield return new WavBuilder().Chunk("LIST", data[..31]).ExtensibleFormat(tag, bits, bits, channels, 48000).Chunk("data", data).ToArray();
                yield return new WavBuilder("RF64").LongSizes(data.Length).Format(tag, bits, channels, 22050)
                    .Chunk("data", data, uint.MaxValue).Chunk("LIST", data[..8]).ToArray();
            }
        }

        var floats = Enumerable.Range(0, 960).Select(_ => random.NextSingle() * 2 - 1).ToArray();
        yield return WavBuilder.Float32(2, 32000, floats);
        yield return WavBuilder.Plain(WavBuilder.Float, 64, 1, 96000, [.. floats.SelectMany(value => BitConverter.GetBytes((double)value))]);
    }
}
