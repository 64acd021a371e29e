using MusicRec.Audio;
using MusicRec.Audio.Features;
using MusicRec.Catalog.Demo;
using MusicRec.Genres.Evaluation;
using MusicRec.Genres.Training;

namespace MusicRec.Cli;

/// <summary>Demo songs as rows of a data set.</summary>
internal static class DemoDataset
{
    /// <summary>Makes and analyses the songs on all processors, without files; the rows are in the order of the songs.</summary>
    public static Dataset Make(IReadOnlyList<DemoSong> songs, TextWriter error, CancellationToken cancellationToken)
    {
        using var line = new ProgressLine(error);
        var vectors = new FeatureVector[songs.Count];
        var done = 0;
        var options = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, songs.Count, options, i =>
        {
            using var wav = new MemoryStream();
            DemoSongs.Write(songs[i], wav);
            wav.Position = 0;
            vectors[i] = SongAnalyzer.Analyze(wav, cancellationToken).Features;
            line.Report("made and analysed", Interlocked.Increment(ref done), songs.Count);
        });
        return Dataset.FromVectors(songs.Select((song, i) => ($"{song.Artist}_{song.Title}.wav", vectors[i], song.Genre)));
    }

    /// <summary>The first songs of each genre to fit to, the others to measure on. They have one made-up artist, who says nothing of how they sound.</summary>
    public static EvaluationDesign Divide(Dataset songs, int perGenre, int seed)
    {
        var kept = songs.Rows.Select(row => new EvaluationSong(row.FileName, row.Values, row.Label)).ToArray();
        var genres = kept.GroupBy(song => song.Label).ToArray();
        return EvaluationDesign.FixedSplit(
            songs.Columns, kept,
            [.. genres.SelectMany(genre => genre.Take(perGenre)).Select(song => song.Key)],
            [.. genres.SelectMany(genre => genre.Skip(perGenre)).Select(song => song.Key)],
            seed);
    }

    /// <summary>How good a model is on songs that took no part in its training.</summary>
    public static GenreEvaluation Evaluate(TrainedModel model, Dataset songs)
    {
        var labels = model.Labels.ToList();
        return GenreEvaluation.Of(
            model.Labels,
            [.. songs.Rows.Select(row => labels.IndexOf(row.Label))],
            [.. songs.Rows.Select(row => model.Predict(row.Values.Span))]);
    }
}
