using System.Globalization;
using static MusicRec.Genres.Evaluation.Page.NumberText;

namespace MusicRec.Genres.Evaluation;

/// <summary>When a learner was not sure, in plain words: the same on the page, on the card and in the terminal.</summary>
public static class AbstentionText
{
    /// <summary>A sentence on the songs, one on the rest of them, and one on sounds that are no music.</summary>
    public static IReadOnlyList<string> Sentences(AbstentionReport abstention) =>
    [
        $"It says 'not sure' of {PercentWithInterval(abstention.Abstained)} of the songs it never saw ({Goal("at most", AbstentionReport.MostAbstained, OfSongs(abstention.Abstained))}): "
        + $"{Percent(abstention.UnlikeTraining)} are unlike its training songs, for {Percent(abstention.LowConfidence)} no genre is likely enough.",
        abstention.AccuracyOfRest is { } rest ? $"Of the songs it answers for it gets {PercentWithInterval(rest)} right." : "It answers for no song.",
        abstention.NonMusic is { } sounds ? OfSounds(sounds) : "Sounds that are no music could not be tried: the features are not this program's own.",
    ];

    private static string OfSounds(NonMusicReport sounds)
    {
        var names = sounds.Accepted.Count == 0 ? "" : $" Taken for music: {string.Join(", ", sounds.Accepted.Select(sound => Named(sound, sounds)))}.";
        var spread = sounds.Refused.Low < sounds.Refused.High ? $", {PercentInterval(sounds.Refused)} by fold" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Of {sounds.Sounds} sounds that are no music (silence, noise, tones, clicks, sweeps) it refuses {Percent(sounds.Refused.Value)}{spread} ({Goal("at least", AbstentionReport.LeastRefused, sounds.Refused.Value >= AbstentionReport.LeastRefused ? "met" : "missed")}).{names}");
    }

    /// <summary>The number of folds is said where there are several.</summary>
    private static string Named(AcceptedSound sound, NonMusicReport sounds) => sounds.Folds == 1
        ? sound.Name
        : string.Create(CultureInfo.InvariantCulture, $"{sound.Name} ({sound.Folds} of {sounds.Folds} folds)");

    /// <summary>A share below the goal whose interval reaches beyond it may be luck.</summary>
    private static string OfSongs(Estimate abstained) => abstained switch
    {
        { High: <= AbstentionReport.MostAbstained } => "met",
        { Value: <= AbstentionReport.MostAbstained } => "met on these songs, though the interval reaches beyond it",
        _ => "missed",
    };

    private static string Goal(string bound, double share, string outcome) =>
        string.Create(CultureInfo.InvariantCulture, $"goal: {bound} {100 * share:F0} %, {outcome}");
}
