using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MusicRec.Web.Tests.Sound;

namespace MusicRec.Web.Tests.Api;

/// <summary>What pages show of a sound, for programs.</summary>
public sealed class SoundApiTests(ApiTests.Catalog catalog) : IClassFixture<ApiTests.Catalog>
{
    [Fact]
    public async Task Analysis_A440_IsDescribedInNumbers()
    {
        using var client = catalog.App.Visitor();
        var page = await PicturesTests.UploadAsync(client, 440, samples: 7 * 22050);

        var sound = await client.GetFromJsonAsync<JsonElement>($"/api/v1/analyses/{page.Split('/')[^1]}/sound");

        Assert.Equal(7, sound.GetProperty("seconds").GetDouble(), 0.01);
        Assert.Equal(2, sound.GetProperty("moments").GetArrayLength());
        Assert.InRange(sound.GetProperty("peaks").GetArrayLength(), 100, 324);
        var notes = sound.GetProperty("notes").EnumerateArray().Select(note => note.GetDouble()).ToList();
        Assert.Equal(9, notes.IndexOf(notes.Max()));
        var spectrum = sound.GetProperty("spectrum").EnumerateArray().Select(level => level.GetDouble()).ToList();
        Assert.Equal((0, 120), (spectrum.Max(), spectrum.Count));
        Assert.Equal(440, 40 * Math.Pow(11025 / 40.0, spectrum.IndexOf(0) / 119.0), 25.0);
        foreach (var picture in (string[])["melUrl", "chromaUrl"])
        {
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(sound.GetProperty(picture).GetString())).StatusCode);
        }
    }

    [Fact]
    public async Task Song_OfTheCatalog_HasTheNumbersOfItsPage()
    {
        using var client = catalog.App.Visitor();
        var song = (await client.GetFromJsonAsync<JsonElement>("/api/v1/songs")).GetProperty("items")[0];

        var sound = await client.GetFromJsonAsync<JsonElement>($"/api/v1/songs/{song.GetProperty("id")}/sound");

        Assert.InRange(sound.GetProperty("decibels").GetDouble(), -60, 0);
        Assert.Equal(12, sound.GetProperty("notes").GetArrayLength());
        Assert.All(sound.GetProperty("moments").EnumerateArray(), moment => Assert.Equal(1, moment.GetProperty("genres").EnumerateArray().Sum(genre => genre.GetProperty("probability").GetDouble()), 1e-3));
    }

    [Theory]
    [InlineData("/api/v1/songs/01988a4e-6f00-7c3a-9b1e-2f5d8c7a6b40/sound", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/analyses/01988a4e-6f00-7c3a-9b1e-2f5d8c7a6b40/sound", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/shared-playlists/01988a4e-6f00-7c3a-9b1e-2f5d8c7a6b40/file?format=Csv", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/map?pageSize=10001", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/map?page=0", HttpStatusCode.BadRequest)]
    public async Task Request_OfNothingOrOutOfRange_IsRefused(string address, HttpStatusCode status)
    {
        using var client = catalog.App.Visitor();

        Assert.Equal(status, (await client.GetAsync(address)).StatusCode);
    }

    [Fact]
    public async Task Map_PageByPage_HasEverySongOnce()
    {
        using var client = catalog.App.Visitor();
        var ids = new List<Guid>();
        JsonElement map = default;
        for (var page = 1; page <= 4; page++)
        {
            map = await client.GetFromJsonAsync<JsonElement>($"/api/v1/map?page={page}&pageSize=2");
            ids.AddRange(map.GetProperty("points").EnumerateArray().Select(point => point.GetProperty("id").GetGuid()));
        }

        var songs = (await client.GetFromJsonAsync<JsonElement>("/api/v1/songs?pageSize=100")).GetProperty("items").EnumerateArray().Select(song => song.GetProperty("id").GetGuid());
        Assert.Equal(songs.Order(), ids.Order());
        Assert.Equal(ids.Count, map.GetProperty("total").GetInt32());
    }
}
