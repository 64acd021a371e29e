using MusicRec.Audio.Decoding;

namespace MusicRec.Audio.Tests.Decoding;

/// <summary>Damaged compressed files give finite samples or an <see cref="AudioFormatException"/>, and nothing else.</summary>
public sealed class CompressedFuzzTests
{
    public CompressedFuzzTests() => CompressedTests.SkipWithoutDecoders();

    [Theory]
    [InlineData("song.flac", 100)]
    [InlineData("song.mp3", 200)]
    [InlineData("song.ogg", 40)]
    [InlineData("song.opus", 15)]
    [InlineData("chirp.aiff", 200)]
    [InlineData("song.m4a", 10)]
    [InlineData("chirp.aac", 10)]
    [InlineData("chirp.wma", 10)]
    [InlineData("chirp.webm", 10)]
    public void ReadMono_DamagedFiles_GiveFiniteSamplesOrARefusal(string name, int count)
    {
        var original = File.ReadAllBytes(CompressedTests.PathOf(name))[..48_000];
        var random = new Random(7);
        for (var i = 0; i < count; i++)
        {
            try
            {
                var clip = Decode.Clip(Damage(original, random));
                Assert.InRange(clip.Samples.Length, 1, 30 * clip.SampleRate);
                Assert.InRange(clip.FileFrames, clip.Samples.Length, 24L * 3600 * clip.SampleRate);
                Assert.Equal(-1, clip.Samples.Span.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue));
            }
            catch (AudioFormatException refusal)
            {
                Assert.NotEmpty(refusal.Message);
            }
        }
    }

    [Fact]
    public void ReadMono_FlacThatClaimsADayAndMore_IsCounted()
    {
        var flac = File.ReadAllBytes(CompressedTests.PathOf("song.flac"));

        // Stream info: 36 bits of total samples from the lower half of byte 21 on.
        flac[21] |= 0x0F;
        flac.AsSpan(22, 4).Fill(0xFF);
        var clip = Decode.Clip(flac);
        Assert.Equal(12 * 44100, clip.Samples.Length);
        Assert.Equal(12 * 44100, clip.FileFrames);
    }

    [Theory]
    [InlineData("song.flac")]
    [InlineData("song.mp3")]
    [InlineData("song.m4a")]
    public void ReadMono_FirstBytesOnly_IsRefused(string name)
    {
        var refusal = Assert.ThrowsAny<AudioFormatException>(() => Decode.Clip(File.ReadAllBytes(CompressedTests.PathOf(name))[..64]));
        Assert.Contains(refusal.Problem, new[] { AudioProblem.Undecodable, AudioProblem.NoSamples });
        Assert.DoesNotContain("Fixtures", string.Concat(refusal.Arguments.Skip(1)), StringComparison.Ordinal);
    }

    private static byte[] Damage(byte[] original, Random random)
    {
        var bytes = original.ToArray();
        for (var damage = random.Next(1, 5); damage > 0; damage--)
        {
            switch (random.Next(4))
            {
                case 0:
                    bytes[random.Next(Math.Min(bytes.Length, 400))] = (byte)random.Next(256);
                    break;
                case 1:
                    random.NextBytes(bytes.AsSpan(random.Next(bytes.Length))[..1]);
                    break;
                case 2:
                    bytes = bytes[..random.Next(1, bytes.Length + 1)];
                    break;
                default:
                    var at = random.Next(bytes.Length);
                    bytes.AsSpan(at, Math.Min(bytes.Length - at, random.Next(1, 2000))).Clear();
                    break;
            }
        }

        return bytes;
    }
}
