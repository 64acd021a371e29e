using System.Net;
using System.Text.Json;
using MusicRec.Audio.Features;
using MusicRec.Web.Tests.Hosting;

namespace MusicRec.Web.Tests.Api;

public sealed class ApiTests(ApiTests.Catalog catalog) : IClassFixture<ApiTests.Catalog>
{
    [Fact]
    public async Task Analyses_Created_HasTheContractsShape()
    {
        using var client = catalog.App.Visitor();

        var answer = await client.PostAsync("/api/v1/analyses", new Multipart().File("file", "노래.wav", TestWav.Tone(470)).Content());

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var analysis = await JsonAsync(answer);
        Assert.Equal(["id", "fileName", "seconds", "features", "genres", "similar", "sure", "doubt"], Names(analysis));
        // The bundled model refuses test tones a genre.
        Assert.False(analysis.GetProperty("sure").GetBoolean());
        Assert.Equal("UnlikeTraining", analysis.GetProperty("doubt").GetString());
        Assert.Equal("노래.wav", analysis.GetProperty("fileName").GetString());
        Assert.Equal(1, analysis.GetProperty("seconds").GetDouble());
        Assert.Equal(FeatureVector.Names, Names(analysis.GetProperty("features")));
        var similar = analysis.GetProperty("similar").EnumerateArray().ToList();
        Assert.Equal(5, similar.Count);
        Assert.All(similar, song => Assert.Equal(["id", "title", "artist", "genre", "similarity", "audioUrl", "album", "coverUrl", "contributions"], Names(song)));
        Assert.All(similar, song => Assert.Equal(["harmony", "loudness", "brightness", "noisiness", "timbre", "sound"], Names(song.GetProperty("contributions"))));
        Assert.All(similar, song => Assert.Equal(Similarity(song), song.GetProperty("contributions").EnumerateObject().Sum(part => part.Value.GetDouble()), 1e-6));
        Assert.Equal(similar.OrderByDescending(Similarity), similar);
        Assert.Equal($"/songs/{similar[0].GetProperty("id").GetString()}/audio", similar[0].GetProperty("audioUrl").GetString());

        var again = await JsonAsync(await client.GetAsync(answer.Headers.Location!.PathAndQuery));
        Assert.Equal(analysis.GetRawText(), again.GetRawText());
    }

    [Fact]
    public async Task Analyses_Genres_AreSortedProbabilities()
    {
        using var client = catalog.App.Visitor();

        var analysis = await JsonAsync(await client.PostAsync("/api/v1/analyses", new Multipart().File("file", "a.wav", TestWav.Tone(480)).Content()));

        var genres = analysis.GetProperty("genres").EnumerateArray().ToList();
        Assert.Equal(8, genres.Count);
        Assert.All(genres, genre => Assert.Equal(["label", "probability"], Names(genre)));
        var probabilities = genres.Select(genre => genre.GetProperty("probability").GetDouble()).ToList();
        Assert.Equal(probabilities.OrderDescending(), probabilities);
        Assert.Equal(1, probabilities.Sum(), 1e-3);
    }

    [Fact]
    public async Task Analyses_OtherFieldName_IsNoFile()
    {
        using var client = catalog.App.Visitor();

        var answer = await client.PostAsync("/api/v1/analyses", new Multipart().File("song", "a.wav", TestWav.Tone()).Content());

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("NoFile", (await JsonAsync(answer)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Songs_Listed_HaveTheContractsShape()
    {
        using var client = catalog.App.Visitor();

        var page = await JsonAsync(await client.GetAsync("/api/v1/songs?page=2&pageSize=4"));

        Assert.Equal(["total", "items"], Names(page));
        Assert.Equal(Catalog.Songs, page.GetProperty("total").GetInt32());
        var items = page.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(Catalog.Songs - 4, items.Count);
        Assert.All(items, song => Assert.Equal(["id", "title", "artist", "genre", "status", "audioUrl", "album", "coverUrl"], Names(song)));
        Assert.All(items, song => Assert.Equal("indexed", song.GetProperty("status").GetString()));
        Assert.Equal("Ballad", items[0].GetProperty("genre").GetString());
    }

    [Theory]
    [InlineData("query=title3", 1)]
    [InlineData("query=nothing", 0)]
    [InlineData("genre=Ballad", Catalog.Songs)]
    [InlineData("genre=Rock", 0)]
    public async Task Songs_Filtered_AreTheMatchingOnes(string filter, int expected)
    {
        using var client = catalog.App.Visitor();

        Assert.Equal(expected, (await JsonAsync(await client.GetAsync($"/api/v1/songs?{filter}"))).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Song_One_HasFeaturesAndNeighbours()
    {
        using var client = catalog.App.Visitor();
        var id = (await JsonAsync(await client.GetAsync("/api/v1/songs"))).GetProperty("items")[0].GetProperty("id").GetString();

        var song = await JsonAsync(await client.GetAsync($"/api/v1/songs/{id}"));
        var similar = (await JsonAsync(await client.GetAsync($"/api/v1/songs/{id}/similar?count=3"))).EnumerateArray().ToList();

        Assert.Equal(FeatureVector.Names, Names(song.GetProperty("features")));
        Assert.Equal(3, similar.Count);
        Assert.DoesNotContain(similar, hit => hit.GetProperty("id").GetString() == id);
        var audio = await client.GetAsync(song.GetProperty("audioUrl").GetString());
        Assert.Equal("bytes", Assert.Single(audio.Headers.AcceptRanges));
    }

    [Theory]
    [InlineData("/api/v1/songs?page=0")]
    [InlineData("/api/v1/songs?pageSize=101")]
    [InlineData("/api/v1/songs?page=abc")]
    [InlineData("/api/v1/songs/7f2c0c5e-5d54-4f7e-9b5a-0d8f6f6f0001/similar?count=0")]
    public async Task Parameters_OutOfRange_AreNamed(string path)
    {
        using var client = catalog.App.Visitor();

        var answer = await client.GetAsync(path);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = await JsonAsync(answer);
        Assert.Equal("InvalidParameter", problem.GetProperty("code").GetString());
        var name = path.Split('?')[1].Split('=')[0];
        Assert.Contains(name, problem.GetProperty("detail").GetString(), StringComparison.OrdinalIgnoreCase);
    }

    private static double Similarity(JsonElement song) => song.GetProperty("similarity").GetDouble();

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(property => property.Name);

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;

    /// <summary>Seven songs, indexed.</summary>
    public sealed class Catalog : IAsyncLifetime
    {
        public const int Songs = 7;

        public WebApp App { get; } = new();

        public async ValueTask InitializeAsync()
        {
            using var client = await App.AdministratorAsync();
            var form = new Multipart().Field(Browser.TokenField, await client.TokenAsync("/admin/songs/add")).Field("label", "Ballad");
            for (var i = 0; i < Songs; i++)
            {
                form.File("files", $"artist_title{i}.wav", TestWav.Tone(200 + (70 * i)));
            }

            (await client.PostAsync("/admin/songs/add", form.Content())).EnsureSuccessStatusCode();
            await IndexedSongs.WaitAsync(App, Songs);
        }

        public async ValueTask DisposeAsync() => await App.DisposeAsync();
    }
}
