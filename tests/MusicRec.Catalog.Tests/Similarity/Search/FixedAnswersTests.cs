using System.Security.Cryptography;
using MusicRec.Catalog.Similarity;

namespace MusicRec.Catalog.Tests.Similarity.Search;

/// <summary>Rows and scores to the last bit are the same on every machine: here they are, condensed.</summary>
public sealed class FixedAnswersTests
{
    [Theory]
    [InlineData(Ranking.Cosine, "E3767A3807B522C2")]
    [InlineData(Ranking.LocalScaling, "40916839940FCA5B")]
    public void Nearest_FixedSongs_AreTheAnswersOfEveryMachine(Ranking ranking, string expected)
    {
        var random = new Random(42);
        double[][] rows = [.. Enumerable.Range(0, 1000).Select(_ => Enumerable.Range(0, 26).Select(_ => random.NextDouble() + random.NextDouble() - 1).ToArray())];
        var vectors = PlainSearch.Table(rows);
        var search = NeighbourSearch.Create(vectors).RankedBy(ranking, CancellationToken.None);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        for (var asked = 0; asked < 100; asked++)
        {
            foreach (var hit in search.Nearest(vectors[asked], 10, _ => false))
            {
                hash.AppendData(BitConverter.GetBytes(hit.Row));
                hash.AppendData(BitConverter.GetBytes(hit.Score));
            }
        }

        Assert.Equal(expected, Convert.ToHexString(hash.GetHashAndReset())[..16]);
    }
}
