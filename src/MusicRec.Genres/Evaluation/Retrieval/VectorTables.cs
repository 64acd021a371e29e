using MusicRec.Audio.Decoding;

namespace MusicRec.Genres.Evaluation.Retrieval;

/// <summary>Makes all vectors that retrieval is measured with.</summary>
public static class VectorTables
{
    /// <summary>Reads every song once and makes its vectors in all kinds, and those of its copies.</summary>
    /// <param name="folder">Where the songs lie.</param>
    /// <param name="songs">Which.</param>
    /// <param name="kinds">The kinds of vectors.</param>
    /// <param name="seed">Decides the noise of copies.</param>
    /// <param name="progress">Told the number of songs done after each one, or null.</param>
    /// <param name="cancellationToken">Stops between two songs.</param>
    /// <returns>The songs that could be read, a table for each kind, and the files refused with the reason.</returns>
    public static (IReadOnlyList<RetrievalSong> Songs, IReadOnlyList<VectorTable> Tables, IReadOnlyList<string> Refused) Make(
        string folder, IReadOnlyList<RetrievalSong> songs, IReadOnlyList<VectorKind> kinds, int seed,
        IProgress<int>? progress, CancellationToken cancellationToken)
    {
        var (read, refused) = (new List<RetrievalSong>(), new List<string>());
        var tables = kinds.Select(kind => (Kind: kind, Songs: new List<SoundVectors>(), Copies: SongCopies.Names.Select(_ => new List<double[]?>()).ToArray())).ToArray();
        for (var i = 0; i < songs.Count; i++)
        {
            try
            {
                cancellationToken.ThrowIfCancellationRequested();
                var (minutes, samples, copies) = SongCopies.Make(Path.Combine(folder, songs[i].File), seed + i, cancellationToken);
                foreach (var table in tables)
                {
                    table.Songs.Add(table.Kind.Of(samples, false) with { Windows = table.Kind.Of(minutes, true).Windows });
                    for (var copy = 0; copy < copies.Count; copy++)
                    {
                        table.Copies[copy].Add(copies[copy] is { } copied ? table.Kind.Of(copied, false).Song : null);
                    }
                }

                read.Add(songs[i]);
            }
            catch (Exception exception) when (exception is AudioFormatException or IOException or UnauthorizedAccessException)
            {
                refused.Add($"{songs[i].File}: {exception.Message}");
            }

            progress?.Report(i + 1);
        }

        return (read, [.. tables.Select(table => new VectorTable(
            table.Kind, table.Songs, [.. SongCopies.Names.Select((name, copy) => (name, (IReadOnlyList<double[]?>)table.Copies[copy]))]))], refused);
    }
}
