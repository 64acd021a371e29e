using MusicRec.Catalog.Similarity;
using MusicRec.Catalog.Similarity.Quality;
using MusicRec.Genres;
using MusicRec.Genres.Evaluation.Retrieval;

namespace MusicRec.Catalog.Tests.Similarity.Quality;

public sealed class RetrievalMeterTests
{
    private const int Groups = 4;
    private const int PerGroup = 8;
    private static readonly VectorKind Kind = new("made up", 3, (_, _) => throw new InvalidOperationException());

    [Fact]
    public void Measure_SongsOfAGenreInOnePlace_FindsThemAndTheirCopies()
    {
        var quality = Measure(spread: 0.01, copyError: 0);

        Assert.Equal(1, quality.GenrePrecision!.Value.Value);
        Assert.Equal(1, quality.ArtistHit!.Value.Value);
        var copy = Assert.Single(quality.Copies);
        Assert.Equal(Groups * PerGroup, copy.Songs);
        Assert.Equal(1, copy.FindsItself.Value);
        Assert.Equal(1, copy.NeighboursKept.Value);
        Assert.Equal(1, quality.Windows!.Hit.Value);
        Assert.Equal(Groups * PerGroup * 3, quality.Windows.Windows);
    }

    [Fact]
    public void Measure_CopiesThatAreOtherSongs_FindThemselvesHardlyEver()
    {
        var quality = Measure(spread: 0.01, copyError: 1000);

        Assert.InRange(quality.Copies[0].FindsItself.Value, 0, 0.2);
        Assert.InRange(quality.Copies[0].NeighboursKept.Value, 0, 0.5);
    }

    [Fact]
    public void Measure_OtherArtists_LeavesOutArtistAndAlbum()
    {
        // Every artist has one genre and all songs of it: without the artist's own, no song of the genre is left.
        var songs = Songs().Select(song => song with { Artist = song.Genre }).ToArray();
        var albums = Songs().Select(song => song with { Artist = null, Album = song.Genre }).ToArray();

        Assert.Equal(0, RetrievalMeter.Measure(songs, Table(0.01, 0), default).GenrePrecisionOtherArtists!.Value.Value);
        Assert.Equal(0, RetrievalMeter.Measure(albums, Table(0.01, 0), default).GenrePrecisionOtherArtists!.Value.Value);
        Assert.Equal(1, RetrievalMeter.Measure(albums, Table(0.01, 0), default).AlbumHit!.Value.Value);
    }

    [Fact]
    public void Measure_SongsWithoutACopy_CountsTheOthers()
    {
        var table = Table(0.01, 0);
        var half = table.Copies[0].Vectors.Select((vector, song) => song % 2 == 0 ? vector : null).ToArray();

        var quality = RetrievalMeter.Measure(Songs(), table with { Copies = [("half", half), ("none", new double[]?[half.Length])] }, default);

        Assert.Equal(Groups * PerGroup / 2, Assert.Single(quality.Copies).Songs);
    }

    [Fact]
    public void Measure_TooFewSongs_Throws() =>
        Assert.Throws<ArgumentException>(() => RetrievalMeter.Measure(Songs()[..2], Table(0.01, 0), default));

    [Fact]
    public void Report_Twice_IsTheSameJsonAndCanBeRead()
    {
        RetrievalReport Make() => RetrievalMeter.Report("again", Songs(), [Table(0.3, 0.1)], ["a.wav: broken"], default);

        var json = Make().ToJson();

        Assert.Equal(json, Make().ToJson());
        var read = RetrievalReport.FromJson(json);
        Assert.Equal(json, read.ToJson());
        Assert.Equal((Groups * PerGroup, Groups * PerGroup, 2 * Groups, 0), (read.Songs, read.SongsWithGenre, read.Artists, read.Albums));
        Assert.Throws<InvalidDataException>(() => RetrievalReport.FromJson("{"));
    }

    /// <summary>As the recommender compares 26 numbers and an embedding: neither outvotes the other by having more columns.</summary>
    [Fact]
    public void Space_TwoParts_LikenessIsTheWeightedSumOfTheirCosines()
    {
        var random = new Random(3);
        double[][] rows = [.. Enumerable.Range(0, 20).Select(_ => (double[])[.. Enumerable.Range(0, 7).Select(_ => random.NextDouble())])];
        double[][] Of(int start, int length) => Array.ConvertAll(rows, row => row[start..(start + length)]);
        const double Weight = 0.3;
        var fused = new VectorKind("both", 7, Kind.Of) { Parts = [new VectorPart(2, 1 - Weight), new VectorPart(5, Weight)] };
        var (first, second) = (Cosines(Of(0, 2)), Cosines(Of(2, 5)));

        for (var row = 0; row < rows.Length; row++)
        {
            var expected = Enumerable.Range(0, rows.Length).Where(other => other != row)
                .OrderByDescending(other => (1 - Weight) * first[row][other] + Weight * second[row][other]);
            Assert.Equal(expected, RetrievalSpace.Of(fused, rows).Nearest(row, rows.Length, other => other == row));
        }
    }

    /// <summary>Against the divergence of one coefficient, worked out by hand, where mutual proximity changes no order: all songs are as far from others.</summary>
    [Fact]
    public void Space_Gaussians_NearestHasTheSmallestDivergence()
    {
        // Mean and variance; the first two differ in variance alone, the third is far away.
        double[][] rows = [[0, 1], [0, 1.5], [8, 1], [8, 1.4]];
        var space = RetrievalSpace.Of(new VectorKind("g", 2, Kind.Of) { GaussianOf = 1 }, rows);

        Assert.Equal([1, 0, 3, 2], Enumerable.Range(0, rows.Length).Select(row => space.Nearest(row, 1, other => other == row)[0]));
        Assert.Equal(2, space.Nearest([8, 1.1], 1, _ => false)[0]);
    }

    private static double[][] Cosines(double[][] rows)
    {
        var scaler = FeatureScaler.Fit(rows.Length, row => rows[row]);
        var units = new UnitVectors(scaler, rows.Length, (row, values) => rows[row].CopyTo(values));
        return [.. Enumerable.Range(0, rows.Length).Select(row => (double[])[.. Enumerable.Range(0, rows.Length).Select(other => units.Cosine(units[row], other))])];
    }

    private static RetrievalQuality Measure(double spread, double copyError) => RetrievalMeter.Measure(Songs(), Table(spread, copyError), default);

    /// <summary>Four genres, two artists each.</summary>
    private static RetrievalSong[] Songs() =>
        [.. Enumerable.Range(0, Groups * PerGroup).Select(i => new RetrievalSong($"{i}.wav", $"genre {i % Groups}", $"artist {i % (2 * Groups)}", null))];

    /// <summary>A corner of a cube for each genre, windows close to their song.</summary>
    private static VectorTable Table(double spread, double copyError)
    {
        var random = new Random(1);
        double[] Near(double[] center, double distance) => [.. center.Select(value => value + distance * (random.NextDouble() - 0.5))];
        double[][] corners = [[1, 1, 1], [1, -1, -1], [-1, 1, -1], [-1, -1, 1]];
        var songs = Enumerable.Range(0, Groups * PerGroup).Select(i => Near(corners[i % Groups], spread)).ToArray();
        return new VectorTable(
            Kind,
            [.. songs.Select(song => new SoundVectors(song, [.. Enumerable.Range(0, 3).Select(_ => Near(song, spread / 1e6))]))],
            [("copies", [.. songs.Select(song => Near(song, copyError))])]);
    }
}
