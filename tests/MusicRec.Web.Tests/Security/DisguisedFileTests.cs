using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using MusicRec.Web.Tests.Hosting;

namespace MusicRec.Web.Tests.Security;

/// <summary>Neither name nor declared type makes a file a song: decoding does. What decodes is only ever served as sound.</summary>
public sealed class DisguisedFileTests(WebApp app) : IClassFixture<WebApp>
{
    private static readonly Dictionary<string, byte[]> NoSongs = new()
    {
        ["exe"] = TestWav.Executable(),
        ["elf"] = [0x7F, .. "ELF"u8, 2, 1, 1, .. new byte[200]],
        ["zip"] = Zip(),
        ["gzip"] = [0x1F, 0x8B, 8, 0, .. new byte[100]],
        ["html"] = "<!DOCTYPE html><script>alert(1)</script>"u8.ToArray(),
        ["svg"] = "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>"u8.ToArray(),
        ["xml entities"] = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>"u8.ToArray(),
        ["pdf"] = "%PDF-1.7\n1 0 obj"u8.ToArray(),
        ["png"] = [0x89, .. "PNG\r\n\u001A\n"u8, .. new byte[100]],
        ["jpeg"] = [0xFF, 0xD8, 0xFF, 0xE0, .. new byte[100]],
        ["gif"] = "GIF89a;<script>"u8.ToArray(),
        ["shell"] = "#!/bin/sh\nreboot\n"u8.ToArray(),
        ["php"] = "<?php system($_GET['c']);"u8.ToArray(),
        ["playlist"] = "#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n"u8.ToArray(),
        ["playlist of parts"] = "#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10.0,\nconcat:http://example.com/a|file:///etc/passwd\n"u8.ToArray(),
        ["json"] = "{\"$type\":\"System.IO.FileInfo\"}"u8.ToArray(),
        ["avi"] = [.. "RIFF"u8, 100, 0, 0, 0, .. "AVI LIST"u8, .. new byte[100]],
        ["webp"] = [.. "RIFF"u8, 100, 0, 0, 0, .. "WEBPVP8 "u8, .. new byte[100]],
        ["html before a song"] = [.. "<script>alert(1)</script>"u8, .. TestWav.Tone()],
        ["zeros"] = new byte[4096],
        ["one byte"] = [0x52],
    };

    public static TheoryData<string> Kinds => [.. NoSongs.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Create_NoSongNamedLikeOne_IsRefusedAndLeavesNothing(string kind)
    {
        foreach (var name in (string[])["song.wav", "song.mp3", "song.flac"])
        {
            using var client = app.Visitor($"198.51.100.{kind.Length}");
            var before = app.UploadedFiles();

            var answer = await client.PostAsync("/api/v1/analyses", new Multipart().File("file", name, NoSongs[kind]).Content());

            Assert.True(answer.StatusCode is HttpStatusCode.UnsupportedMediaType or HttpStatusCode.UnprocessableEntity, $"{kind}: {answer.StatusCode}");
            Assert.Equal(before, app.UploadedFiles());
        }
    }

    [Fact]
    public async Task Audio_SongThatIsAlsoAPageAndAnArchive_IsServedAsSoundOnly()
    {
        using var client = app.Visitor();
        byte[] both = [.. WithChunk(TestWav.Tone(311), "LIST", "<html><script>alert(document.cookie)</script></html>"u8), .. Zip()];
        var answer = await client.PostAsync("/api/v1/analyses", new Multipart().File("file", "song.html", both).Content());
        var id = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetString();
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");

        var audio = await client.GetAsync($"/uploads/{id}/audio");

        Assert.Equal("audio/wav", audio.Content.Headers.ContentType!.ToString());
        Assert.Equal("nosniff", audio.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.StartsWith("default-src 'none'", audio.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(both, await audio.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData(1, 384_000, 32, 1, true)]
    [InlineData(1, 384_000, 33, 1, false)]
    [InlineData(1, 384_001, 32, 1, false)]
    [InlineData(1, 999, 1, 8000, false)]
    [InlineData(1, -1, 1, 8000, false)]
    [InlineData(1, 44_100, 65_535, 1, false)]
    [InlineData(2, 44_100, 1, 8000, false)]
    [InlineData(0x55, 44_100, 1, 8000, false)]
    public async Task Create_ExtremeHeader_IsAnsweredQuicklyAndWithoutMuchMemory(int format, int rate, int channels, int frames, bool isSong)
    {
        using var client = app.Visitor("198.51.100.200");
        var wav = TestWav.Claiming(format, rate, channels, bits: 8, new byte[channels * frames]);

        await AssertBoundedAsync(client, wav, isSong);
    }

    /// <summary>A second of the most that is accepted: 384 000 frames of 32 channels, 12 MB.</summary>
    [Fact]
    public async Task Create_SecondOfTheLargestFormat_IsAnsweredQuicklyAndWithoutMuchMemory()
    {
        using var client = app.Visitor("198.51.100.201");

        await AssertBoundedAsync(client, TestWav.Claiming(1, 384_000, 32, bits: 8, new byte[32 * 384_000]), isSong: true);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(uint.MaxValue)]
    [InlineData(uint.MaxValue - 1)]
    [InlineData(1u << 31)]
    [InlineData(0xFFFF_0000)]
    public async Task Create_SizesThatLie_ReadsWhatIsThereAndNoMore(uint claimed)
    {
        using var client = app.Visitor("198.51.100.202");
        var wav = TestWav.Tone(330);
        BitConverter.TryWriteBytes(wav.AsSpan(4), claimed);
        BitConverter.TryWriteBytes(wav.AsSpan(40), claimed);

        await AssertBoundedAsync(client, wav, isSong: true);
    }

    private static async Task AssertBoundedAsync(HttpClient client, byte[] wav, bool isSong)
    {
        var memory = GC.GetTotalMemory(forceFullCollection: true);
        var watch = Stopwatch.StartNew();

        var answer = await client.PostAsync("/api/v1/analyses", new Multipart().File("file", "a.wav", wav).Content());

        Assert.Equal(isSong ? HttpStatusCode.Created : HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{watch.Elapsed}");
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - memory, long.MinValue, 200L << 20);
    }

    private static byte[] WithChunk(byte[] wav, string name, ReadOnlySpan<byte> content) =>
        [.. wav.AsSpan(0, 36), .. Encoding.ASCII.GetBytes(name), .. BitConverter.GetBytes(content.Length), .. content, .. wav.AsSpan(36)];

    private static byte[] Zip()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("../../song.wav").Open();
            entry.Write(TestWav.Tone(200, 100));
        }

        return bytes.ToArray();
    }
}
