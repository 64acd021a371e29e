using System.CommandLine;
using System.Globalization;
using MusicRec.Catalog.Similarity;
using MusicRec.Catalog.Similarity.Quality;
using MusicRec.Genres.Embedding;
using MusicRec.Genres.Evaluation.Retrieval;
using MusicRec.Training.Corpus;
using MusicRec.Training.Genres;
using MusicRec.Training.Network;
using MusicRec.Training.Teachers;

namespace MusicRec.Training;

/// <summary>Trains the embedding: prepares music, teaches the student, measures it. Each part can be run by itself and goes on where it stopped.</summary>
internal static class Program
{
    /// <summary>The embedding counting as much as the features: measured beside the weight that was chosen and that of the site.</summary>
    private const double HalfWeight = 0.5;

    private static readonly Option<string> Music = new("--music") { Description = "The folder with the packages of music.csv.", Required = true };
    private static readonly Option<string> Teachers = new("--teachers") { Description = "The folder with compact_cnn and yamnet.", Required = true };
    private static readonly Option<string> Out = new("--out") { Description = "The folder for corpus, checkpoint, ear.onnx and reports.", Required = true };
    private static readonly Option<int> Tracks = new("--tracks") { Description = "Tracks to train on at most.", DefaultValueFactory = _ => int.MaxValue };
    private static readonly Option<int> HeldOut = new("--held-out") { Description = "Tracks to measure on at most.", DefaultValueFactory = _ => int.MaxValue };
    private static readonly Option<int> ToWeigh = new("--to-weigh") { Description = "Tracks of the training music to choose the embedding's weight on.", DefaultValueFactory = _ => 150 };
    private static readonly Option<int> Steps = new("--steps") { Description = "Batches.", DefaultValueFactory = _ => 3600 };
    private static readonly Option<int> StopAfter = new("--stop-after") { Description = "Stop after so many batches; the next run goes on.", DefaultValueFactory = _ => int.MaxValue };
    private static readonly Option<int> BatchTracks = new("--batch") { Description = "Tracks in a batch, two windows each, one of them twice.", DefaultValueFactory = _ => 64 };
    private static readonly Option<int> Seed = new("--seed") { Description = "Decides weights and draws.", DefaultValueFactory = _ => 1 };
    private static readonly Option<int> Threads = new("--threads") { Description = "Processors to use.", DefaultValueFactory = _ => 2 };
    private static readonly Option<double> Contrast = new("--contrast") { Description = "Weight of windows of one track finding each other.", DefaultValueFactory = _ => 0.2 };
    private static readonly Option<double> Heads = new("--heads") { Description = "Weight of the teachers' numbers.", DefaultValueFactory = _ => 2 };
    private static readonly Option<double> Relation = new("--relation") { Description = "Weight of the teachers' likenesses.", DefaultValueFactory = _ => 20 };
    private static readonly Option<double> Noise = new("--noise") { Description = "Weight of windows with noise lying where they are without.", DefaultValueFactory = _ => 1 };
    private static readonly Option<int> Epochs = new("--epochs") { Description = "Passes over the slices.", DefaultValueFactory = _ => 15 };
    private static readonly Option<bool> WithTeachers = new("--with-teachers") { Description = "Measure the teachers beside the student." };

    public static Task<int> Main(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        NativeLibrary.Prepare();
        var root = new RootCommand("Trains the embedding that tells how songs sound.")
        {
            MakeCommand("prepare", "Turn music into the corpus.", Prepare, [Music, Teachers, Out, Tracks, Threads]),
            MakeCommand("train", "Teach the student on the corpus; writes ear.onnx.", Train, [Out, Steps, StopAfter, BatchTracks, Seed, Threads, Contrast, Heads, Relation, Noise]),
            MakeCommand("evaluate", "Measure the student on held-out packages; writes retrieval.json and EAR_CARD.md.", Evaluate, [Music, Teachers, Out, HeldOut, ToWeigh, Seed, WithTeachers]),
            MakeCommand("tables", "Write tables of the songs whose style is known, for musicrec evaluate.", Tables, [Music, Teachers, Out]),
            MakeCommand("slices", "Train the original project's network on genres, with leaks and without.", Slices, [Out, Epochs, Seed, Threads]),
            MakeCommand("all", "All three, one after the other.", All,
                [Music, Teachers, Out, Tracks, HeldOut, ToWeigh, Steps, StopAfter, BatchTracks, Seed, Threads, Contrast, Heads, Relation, Noise, WithTeachers]),
        };
        return root.Parse(args).InvokeAsync();
    }

    private static Command MakeCommand(string name, string description, Action<ParseResult, CancellationToken> run, IEnumerable<Option> options)
    {
        var command = new Command(name, description);
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        command.SetAction((arguments, cancellationToken) => Task.Run(() => run(arguments, cancellationToken), cancellationToken));
        return command;
    }

    private static void All(ParseResult arguments, CancellationToken cancellationToken)
    {
        Prepare(arguments, cancellationToken);
        Train(arguments, cancellationToken);
        Evaluate(arguments, cancellationToken);
    }

    private static void Prepare(ParseResult arguments, CancellationToken cancellationToken)
    {
        var music = arguments.GetRequiredValue(Music);
        var tracks = MusicList.ToTrainOn(music, arguments.GetValue(Tracks));
        new Preparation(music, arguments.GetRequiredValue(Teachers), CorpusFolder(arguments))
            .Run(tracks, arguments.GetValue(Threads), Console.Error, cancellationToken);
    }

    private static void Train(ParseResult arguments, CancellationToken cancellationToken)
    {
        var settings = new TrainingSettings(
            arguments.GetValue(Steps), arguments.GetValue(BatchTracks), arguments.GetValue(Seed), arguments.GetValue(Threads),
            arguments.GetValue(Contrast), arguments.GetValue(Heads), arguments.GetValue(Relation), arguments.GetValue(Noise));
        var tracks = ReadCorpus(arguments);
        Console.Error.WriteLine($"{tracks.Length} tracks, {tracks.Sum(track => track.Segments.Count)} segments of 30 s; {settings}");
        var trainer = new EarTrainer(tracks, settings);
        trainer.Run(Path.Combine(arguments.GetRequiredValue(Out), "checkpoint"), Console.Error, arguments.GetValue(StopAfter), cancellationToken);

        var file = EarExport.Write(trainer.Student, new Dictionary<string, string>
        {
            ["settings"] = settings.ToString(),
            ["tracks"] = tracks.Length.ToString(CultureInfo.InvariantCulture),
            ["segments"] = tracks.Sum(track => track.Segments.Count).ToString(CultureInfo.InvariantCulture),
            ["packages"] = string.Join(' ', tracks.Select(track => track.Package).Distinct().Order(StringComparer.Ordinal)),
        });
        Parity.Require(trainer.Student, file, tracks);
        File.WriteAllBytes(ModelPath(arguments), file);
        Console.Error.WriteLine($"written: {ModelPath(arguments)}, {file.Length} bytes");
    }

    private static void Evaluate(ParseResult arguments, CancellationToken cancellationToken)
    {
        var (music, teachers) = (arguments.GetRequiredValue(Music), arguments.GetRequiredValue(Teachers));
        var songs = MusicList.Known(music, isHeldOut: true, arguments.GetValue(HeldOut));
        using var student = SoundEmbedding.Load(ModelPath(arguments));
        var weight = ChooseWeight(arguments, student, cancellationToken);
        var (median, least) = Speed.Measure(student);
        Console.WriteLine($"30 s of sound take the student {median:F1} ms, {least:F1} at best, on one thread");
        using var compact = new CompactCnn(Path.Combine(teachers, "compact_cnn"));
        using var yamnet = new Yamnet(Path.Combine(teachers, "yamnet"));
        List<VectorKind> kinds = [VectorKinds.Features(), VectorKinds.Embedding("student", student), VectorKinds.Classic(), VectorKinds.Gaussian()];
        if (arguments.GetValue(WithTeachers))
        {
            kinds.AddRange([TeacherKinds.Of(compact), TeacherKinds.LastOf(compact), TeacherKinds.Of(yamnet)]);
        }

        var progress = new StepProgress(songs.Count);
        var (read, tables, refused) = VectorTables.Make(music, songs, kinds, arguments.GetValue(Seed), progress, cancellationToken);
        var command = CommandOf(arguments);
        var both = new[] { weight, SoundRanking.Weight, HalfWeight }.Distinct().Select(share => VectorKinds.Fuse(
            string.Create(CultureInfo.InvariantCulture, $"26 features and student, weight {share:F1}"), tables[0], tables[1], share));
        var report = RetrievalMeter.Report(command, read, [.. tables, .. both], refused, cancellationToken);
        File.WriteAllText(Path.Combine(arguments.GetRequiredValue(Out), "retrieval.json"), report.ToJson());
        File.WriteAllText(Path.Combine(arguments.GetRequiredValue(Out), "EAR_CARD.md"), EarCard.Write(ModelPath(arguments), report));
        Console.Write(RetrievalText.Write(report));
    }

    /// <summary>The command without the folders of this machine: <c>--music MUSIC</c>.</summary>
    private static string CommandOf(ParseResult arguments)
    {
        var words = arguments.Tokens.Select(token => token.Value).ToArray();
        string[] folders = [Music.Name, Teachers.Name, Out.Name];
        for (var i = 1; i < words.Length; i++)
        {
            if (folders.Contains(words[i - 1]))
            {
                words[i] = words[i - 1][2..].ToUpperInvariant();
            }
        }

        return "MusicRec.Training " + string.Join(' ', words);
    }

    /// <summary>On a part of the music trained on.</summary>
    private static double ChooseWeight(ParseResult arguments, SoundEmbedding student, CancellationToken cancellationToken)
    {
        var music = arguments.GetRequiredValue(Music);
        var songs = MusicList.Known(music, isHeldOut: false, arguments.GetValue(ToWeigh));
        var (read, tables, _) = VectorTables.Make(
            music, songs, [VectorKinds.Features(), VectorKinds.Embedding("student", student)], arguments.GetValue(Seed), new StepProgress(songs.Count), cancellationToken);
        return FusionWeight.Choose(read, tables[0], tables[1], Console.Out, cancellationToken);
    }

    private static void Tables(ParseResult arguments, CancellationToken cancellationToken)
    {
        var teachers = arguments.GetRequiredValue(Teachers);
        using var student = SoundEmbedding.Load(ModelPath(arguments));
        using var compact = new CompactCnn(Path.Combine(teachers, "compact_cnn"));
        using var yamnet = new Yamnet(Path.Combine(teachers, "yamnet"));
        GenreTables.Write(
            arguments.GetRequiredValue(Music),
            [
                ("features", VectorKinds.Features()), ("student", VectorKinds.Embedding("student", student)), ("classic", VectorKinds.Classic()),
                ("compact_cnn", TeacherKinds.Of(compact)), ("yamnet", TeacherKinds.Of(yamnet)),
            ],
            Path.Combine(arguments.GetRequiredValue(Out), "tables"),
            Console.Error,
            cancellationToken);
    }

    private static void Slices(ParseResult arguments, CancellationToken cancellationToken)
    {
        TorchSharp.torch.set_num_threads(arguments.GetValue(Threads));
        SliceComparison.Run(ReadCorpus(arguments), arguments.GetValue(Epochs), arguments.GetValue(Seed), Console.Out, cancellationToken);
    }

    private static CorpusTrack[] ReadCorpus(ParseResult arguments) =>
        [.. Directory.EnumerateFiles(CorpusFolder(arguments), "*.track").Order(StringComparer.Ordinal).Select(CorpusTrack.Read)];

    private static string CorpusFolder(ParseResult arguments) => Path.Combine(arguments.GetRequiredValue(Out), "corpus");

    private static string ModelPath(ParseResult arguments) => Path.Combine(arguments.GetRequiredValue(Out), "ear.onnx");

    private sealed class StepProgress(int total) : IProgress<int>
    {
        public void Report(int value)
        {
            if (value % 10 == 0 || value == total)
            {
                Console.Error.WriteLine($"measured {value}/{total}");
            }
        }
    }
}
