using System.Globalization;
using MusicRec.Audio.Features;
using MusicRec.Genres.Embedding;
using MusicRec.Training.Corpus;
using MusicRec.Training.Teachers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MusicRec.Training.Network;

/// <summary>How to train.</summary>
/// <param name="Steps">Batches in all.</param>
/// <param name="Tracks">Tracks in a batch, two windows each, one of them once more with noise.</param>
/// <param name="Seed">Decides first weights, batches and changes.</param>
/// <param name="Threads">Processors to use.</param>
/// <param name="Contrast">Weight of: windows of one track close, of others apart.</param>
/// <param name="Heads">Weight of: from the vector the teachers' numbers can be told.</param>
/// <param name="Relation">Weight of: windows as alike as the teachers find the tracks they are from.</param>
/// <param name="Noise">Weight of: a window with noise where it is without.</param>
internal sealed record TrainingSettings(int Steps, int Tracks, int Seed, int Threads, double Contrast, double Heads, double Relation, double Noise)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"steps {Steps}, tracks {Tracks}, seed {Seed}, threads {Threads}, contrast {Contrast}, heads {Heads}, relation {Relation}, noise {Noise}");
}

/// <summary>Teaches the student. Every so many steps all state is written down; a training that was stopped goes on from there.</summary>
internal sealed class EarTrainer
{
    private const double PeakRate = 2e-3;
    private const double WarmUpShare = 0.05;
    private const double Temperature = 0.1;
    private const int CheckpointSteps = 200;
    private const int ReportSteps = 20;

    private readonly TrainingSettings _settings;
    private readonly BatchMaker _batches;
    private readonly Linear _tagHead;
    private readonly Linear _soundHead;
    private readonly AdamW _optimizer;
    private int _step;

    public EarTrainer(IReadOnlyList<CorpusTrack> tracks, TrainingSettings settings)
    {
        _settings = settings;
        set_num_threads(settings.Threads);
        manual_seed(settings.Seed);
        Student = new EarNetwork();
        _tagHead = nn.Linear(EarNetwork.Dimensions, CompactCnn.Numbers);
        _soundHead = nn.Linear(EarNetwork.Dimensions, Yamnet.Numbers);
        _optimizer = new AdamW([.. Student.parameters(), .. _tagHead.parameters(), .. _soundHead.parameters()]);
        _batches = new BatchMaker(tracks, new TeacherTargets(tracks), settings.Tracks, settings.Seed);
    }

    public EarNetwork Student { get; }

    private IEnumerable<Tensor> State =>
        [.. Student.parameters(), .. Student.buffers(), .. _tagHead.parameters(), .. _soundHead.parameters(), .. _optimizer.FirstMoments, .. _optimizer.SecondMoments];

    /// <summary>Trains to the end, or goes on from the checkpoint.</summary>
    /// <param name="checkpoint">Where the state is kept.</param>
    /// <param name="log">Told how far it is.</param>
    /// <param name="stopAfter">Steps after which to stop although the training is not over.</param>
    /// <param name="cancellationToken">Stops between two steps, with a checkpoint.</param>
    public void Run(string checkpoint, TextWriter log, int stopAfter, CancellationToken cancellationToken)
    {
        if (File.Exists(checkpoint))
        {
            _step = Checkpoint.Read(checkpoint, _settings.ToString(), State);
            log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"goes on after step {_step}"));
        }

        Student.train();
        var (first, started, worked) = (_step, TimeProvider.System.GetTimestamp(), Environment.CpuUsage.TotalTime);
        while (_step < Math.Min(_settings.Steps, stopAfter) && !cancellationToken.IsCancellationRequested)
        {
            var losses = Step(_batches.Make(_step));
            if (_step % ReportSteps == 0 || _step == _settings.Steps)
            {
                var perStep = TimeProvider.System.GetElapsedTime(started) / (_step - first);
                var processor = (Environment.CpuUsage.TotalTime - worked) / (_step - first);
                log.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{_step}/{_settings.Steps} contrast {losses[0]:F3} tags {losses[1]:F3} sounds {losses[2]:F3} relation {losses[3]:F4} noise {losses[4]:F3} "
                    + $"{perStep.TotalMilliseconds:F0} ms a step ({processor.TotalMilliseconds:F0} of a processor), {perStep * (_settings.Steps - _step):hh\\:mm\\:ss} left"));
            }

            if (_step % CheckpointSteps == 0)
            {
                Checkpoint.Write(checkpoint, _step, _settings.ToString(), State);
            }
        }

        Checkpoint.Write(checkpoint, _step, _settings.ToString(), State);
        Student.eval();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private float[] Step(Batch batch)
    {
        _step++;
        using var scope = NewDisposeScope();
        var tags = tensor(batch.Tags, [batch.Windows, CompactCnn.Numbers]);
        var sounds = tensor(batch.Sounds, [batch.Windows, Yamnet.Numbers]);
        var vectors = Student.forward(tensor(batch.Decibels, [batch.Windows, FeatureVersion.MelBands, MelWindows.Frames]));
        var likeness = vectors.mm(vectors.t());

        var (quiet, noisy) = (vectors.narrow(0, 0, batch.Tracks), vectors.narrow(0, 2 * batch.Tracks, batch.Tracks));
        var others = vectors.narrow(0, batch.Tracks, 2 * batch.Tracks);
        var contrast = Contrast(others.mm(others.t()), 2 * batch.Tracks);
        var tagLoss = nn.functional.mse_loss(_tagHead.forward(vectors), tags);
        var soundLoss = nn.functional.mse_loss(_soundHead.forward(vectors), sounds);
        var styles = Likeness(tensor(batch.TrackTags, [batch.Windows, TrackStyle.Tags])) + Likeness(tensor(batch.TrackSounds, [batch.Windows, Yamnet.Numbers]));
        var relation = nn.functional.mse_loss(likeness, styles / 2);
        var noise = (quiet - noisy).square().sum(1).mean();
        var loss = _settings.Contrast * contrast + _settings.Heads * (tagLoss + soundLoss) + _settings.Relation * relation + _settings.Noise * noise;
        loss.backward();
        _optimizer.Step(_step, Rate());
        return [contrast.item<float>(), tagLoss.item<float>(), soundLoss.item<float>(), relation.item<float>(), noise.item<float>()];
    }

    /// <summary>Each window has to tell the other of its track from those of all other tracks.</summary>
    private static Tensor Contrast(Tensor likeness, int windows)
    {
        var logits = likeness / Temperature - 1e4 * eye(windows);
        var partners = (arange(windows, ScalarType.Int64) + windows / 2).remainder(windows);
        return nn.functional.cross_entropy(logits, partners);
    }

    private static Tensor Likeness(Tensor numbers)
    {
        var units = nn.functional.normalize(numbers, 2, 1);
        return units.mm(units.t());
    }

    /// <summary>Rises in the first twentieth, then falls as a cosine.</summary>
    private double Rate()
    {
        var warmUp = Math.Max(1, _settings.Steps * WarmUpShare);
        return PeakRate * (_step < warmUp ? _step / warmUp : 0.5 * (1 + Math.Cos(Math.PI * (_step - warmUp) / (_settings.Steps - warmUp))));
    }
}
