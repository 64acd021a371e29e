using System.CommandLine;
using MusicRec.Catalog.Import;
using MusicRec.Catalog.Similarity;
using MusicRec.Catalog.Similarity.Quality;
using MusicRec.Genres.Embedding;
using MusicRec.Genres.Evaluation.Retrieval;

namespace MusicRec.Cli;

/// <summary>Measures how well the songs of a folder are found by their sound.</summary>
internal static class RetrievalRun
{
    private const int LeastSongs = 3;

    /// <summary>Kinds of vectors before those of further embeddings.</summary>
    private const int Bundled = 4;

    /// <summary>Measures the features, the bundled embedding, both, the classics without learning and further embeddings, alone and beside the features. Writes <c>retrieval.json</c> and the heart of it to the terminal; 1 if a file was refused.</summary>
    public static int Run(
        string folder, string? list, IReadOnlyList<string> embeddings, int seed, string reportFolder, string commandLine,
        InvocationConfiguration console, CancellationToken cancellationToken)
    {
        var songs = list is null ? [.. SongFolder.Songs(folder).Select(path => RetrievalSongs.ByPath(folder, path))] : RetrievalSongs.Read(list);
        var loaded = new List<SoundEmbedding>();
        try
        {
            loaded.AddRange(embeddings.Select(SoundEmbedding.Load));
            VectorKind[] kinds =
            [
                VectorKinds.Features(),
                VectorKinds.Embedding("embedding", SoundEmbedding.Shared),
                VectorKinds.Classic(),
                VectorKinds.Gaussian(),
                .. embeddings.Zip(loaded, (path, embedding) => VectorKinds.Embedding(Path.GetFileName(path), embedding)),
            ];
            var report = Measure(folder, songs, kinds, seed, commandLine, console.Error, cancellationToken);
            var path = Path.Combine(reportFolder, "retrieval.json");
            File.WriteAllText(path, report.ToJson());
            foreach (var refused in report.Refused)
            {
                console.Error.WriteLine(refused);
            }

            console.Output.Write(RetrievalText.Write(report));
            console.Output.WriteLine($"written: {path}");
            return report.Refused.Count == 0 ? 0 : 1;
        }
        finally
        {
            loaded.ForEach(embedding => embedding.Dispose());
        }
    }

    private static RetrievalReport Measure(
        string folder, IReadOnlyList<RetrievalSong> songs, VectorKind[] kinds, int seed, string commandLine, TextWriter error,
        CancellationToken cancellationToken)
    {
        using var line = new ProgressLine(error);
        var progress = new DirectProgress<int>(done => line.Report("analysed", done, songs.Count));
        var (read, tables, refused) = VectorTables.Make(folder, songs, kinds, seed, progress, cancellationToken);
        if (read.Count < LeastSongs)
        {
            throw new CommandException(
                $"{folder}: {read.Count} readable songs; retrieval needs {LeastSongs} at least.{(refused.Count > 0 ? " " + refused[0] : "")}");
        }

        var both = VectorKinds.Fuse("sound and features, as new catalogs rank", tables[0], tables[1], SoundRanking.Weight);
        var further = tables.Skip(Bundled).Select(table => VectorKinds.Fuse($"{table.Kind.Name} and features", tables[0], table, SoundRanking.Weight));
        return RetrievalMeter.Report(commandLine, read, [tables[0], tables[1], both, .. tables.Skip(2), .. further], refused, cancellationToken);
    }
}
