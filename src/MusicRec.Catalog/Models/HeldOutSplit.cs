using System.Security.Cryptography;
using System.Text;

namespace MusicRec.Catalog.Models;

/// <summary>
/// Which songs a model is trained on and which it is judged by. Decided by hashes of artists' names, not by chance: a song
/// that is held out today was held out of earlier models too, so that old and new can be compared on it.
/// </summary>
/// <param name="Training">Songs to train on.</param>
/// <param name="HeldOut">Songs to judge by, about a fifth of each genre.</param>
/// <param name="IsByArtist">Whether no artist is in both parts.</param>
internal sealed record HeldOutSplit(IReadOnlyList<LabelledSong> Training, IReadOnlyList<LabelledSong> HeldOut, bool IsByArtist)
{
    private const double Share = 0.2;

    /// <summary>
    /// Keeps artists apart if that leaves every genre enough songs on both sides; else single songs are drawn.
    /// A song without an artist stands for itself.
    /// </summary>
    public static HeldOutSplit Make(IReadOnlyList<LabelledSong> songs)
    {
        if (songs.Any(song => song.Artist.Length > 0) && Make(songs, ArtistOf) is { } byArtist)
        {
            return byArtist with { IsByArtist = true };
        }

        return Make(songs, song => song.Id.ToString("N"))!;
    }

    /// <summary>Null if the groups are too large to be divided so.</summary>
    private static HeldOutSplit? Make(IReadOnlyList<LabelledSong> songs, Func<LabelledSong, string> groupOf)
    {
        var wanted = songs.CountBy(song => song.Label).ToDictionary(pair => pair.Key, pair => Math.Max(1, (int)Math.Round(Share * pair.Value)));
        var held = wanted.Keys.ToDictionary(label => label, _ => 0);
        var heldOut = new HashSet<Guid>();
        foreach (var group in songs.GroupBy(groupOf).OrderBy(group => Hash(group.Key), StringComparer.Ordinal))
        {
            var counts = group.CountBy(song => song.Label).ToList();
            if (counts.Sum(pair => Gain(wanted[pair.Key], held[pair.Key], pair.Value)) > 0)
            {
                counts.ForEach(pair => held[pair.Key] += pair.Value);
                heldOut.UnionWith(group.Select(song => song.Id));
            }
        }

        return wanted.All(pair => 2 * held[pair.Key] >= pair.Value && held[pair.Key] <= 2 * pair.Value)
            ? new HeldOutSplit([.. songs.Where(song => !heldOut.Contains(song.Id))], [.. songs.Where(song => heldOut.Contains(song.Id))], false)
            : null;
    }

    /// <summary>By how many songs more the genre comes nearer to its share.</summary>
    private static int Gain(int wanted, int held, int more) => Math.Abs(wanted - held) - Math.Abs(wanted - held - more);

    private static string ArtistOf(LabelledSong song) => song.Artist.Length > 0 ? SongNames.Searchable(song.Artist) : song.Id.ToString("N");

    private static string Hash(string group) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(group)));
}
