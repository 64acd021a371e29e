using Microsoft.Extensions.Localization;
using MusicRec.Audio.Decoding;
using MusicRec.Catalog.Files;
using MusicRec.Catalog.Playlists;
using MusicRec.Catalog.Uploads;
using MusicRec.Web.Features.Shared;
using MusicRec.Web.Localization;
using MusicRec.Web.Uploads;

namespace MusicRec.Web.Problems;

/// <summary>The words, in the visitor's language, for everything that can go wrong with a request.</summary>
public sealed class ProblemTexts(IStringLocalizer<AdminText> text)
{
    private static readonly HashSet<int> KnownStatuses = [400, 401, 403, 404, 405, 408, 413, 415, 416, 422, 429, 500, 503, 507];

    /// <summary>The problem behind an exception that is the sender's or the moment's, null if it is a fault of ours.</summary>
    public Problem? Describe(Exception exception) => exception switch
    {
        AudioFormatException audio => Describe(audio),
        FileTooLargeException large => new(413, "FileTooLarge", text["Problem.FileTooLarge.Title"], text["Problem.FileTooLarge", Display.Megabytes(large.MaxBytes)]),
        _ when StorageFullException.IsCauseOf(exception) => new(507, "StorageFull", text["Problem.StorageFull.Title"], text["Problem.StorageFull"]),
        AnalysisBusyException busy => new(503, "AnalysisBusy", text["Problem.AnalysisBusy.Title"], text["Problem.AnalysisBusy", Seconds(busy.RetryAfter)], busy.RetryAfter),
        UploadFormException form => Describe(form.Problem),
        PlaylistException playlist => new(409, playlist.Problem.ToString(), text["Problem.Playlist.Title"], text[$"Problem.{playlist.Problem}", Playlist.MostSongs]),
        BadHttpRequestException request => ForStatus(request.StatusCode),
        _ when DatabaseAway.IsCauseOf(exception) => new(
            503, "DatabaseAway", text["Problem.DatabaseAway.Title"], text["Problem.DatabaseAway"], DatabaseAway.RetryAfter),
        AudioStorageException => new(503, "AudioStorageAway", text["Problem.AudioStorageAway.Title"], text["Problem.AudioStorageAway"], DatabaseAway.RetryAfter),
        _ => null,
    };

    /// <summary>The problem that a bare status code stands for.</summary>
    public Problem ForStatus(int status)
    {
        var known = KnownStatuses.Contains(status) ? status : status < 500 ? 400 : 500;
        return new Problem(status, $"Http{status}", text[$"Problem.Http{known}.Title"], text[$"Problem.Http{known}"]);
    }

    /// <summary>The problem of parameters that are out of range or unreadable.</summary>
    public Problem ForParameters(IEnumerable<string> names) =>
        new(400, "InvalidParameter", text["Problem.InvalidParameter.Title"], text["Problem.InvalidParameter", string.Join(", ", names)]);

    private Problem Describe(AudioFormatException audio)
    {
        var status = audio.Problem is AudioProblem.UnknownFormat or AudioProblem.DecoderMissing ? 415 : 422;
        return new Problem(status, audio.Problem.ToString(), text["Problem.Audio.Title"], text[$"Problem.{audio.Problem}", [.. audio.Arguments.Select(Found)]]);
    }

    /// <summary>What the decoder found in the visitor's language, where it is more than a name or a number.</summary>
    private string Found(string fact)
    {
        var translated = text[$"Found.{fact}"];
        return translated.ResourceNotFound ? fact : translated.Value;
    }

    private Problem Describe(UploadFormProblem problem)
    {
        var status = problem == UploadFormProblem.NotMultipart ? 415 : 400;
        return new Problem(status, problem.ToString(), text[$"Problem.{problem}.Title"], text[$"Problem.{problem}"]);
    }

    private static int Seconds(TimeSpan wait) => Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
}
