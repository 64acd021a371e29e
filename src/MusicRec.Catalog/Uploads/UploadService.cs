using System.Data.Common;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MusicRec.Audio;
using MusicRec.Audio.Features;
using MusicRec.Audio.Portraits;
using MusicRec.Catalog.Files;
using MusicRec.Catalog.Models;
using MusicRec.Catalog.Portraits;
using MusicRec.Genres.Embedding;

namespace MusicRec.Catalog.Uploads;

/// <summary>A visitor's song from the first byte to the stored result.</summary>
public sealed class UploadService(
    IDbContextFactory<CatalogContext> contexts, IncomingFiles incoming, AudioStore audio, AnalysisGate gate, LiveModel model, UploadLocks locks, SongPortraits portraits,
    IOptions<UploadOptions> options, CatalogTelemetry telemetry, TimeProvider time)
{
    private const string MadeUp = "made-up song";

    /// <summary>The hash of no file.</summary>
    private static readonly string MadeUpSha256 = new('0', 2 * SHA256.HashSizeInBytes);

    private volatile Upload? _madeUp;

    /// <summary>
    /// Streams the file to disk under its hash, analyses it, asks the model and stores the result. Bytes that were
    /// analysed before, as an upload or in the catalog, are not decoded again.
    /// </summary>
    /// <exception cref="Audio.Decoding.AudioFormatException">Not a readable song; nothing is stored.</exception>
    /// <exception cref="FileTooLargeException">More bytes than <c>Upload:MaxBytes</c>; nothing is stored.</exception>
    /// <exception cref="AnalysisBusyException">Too many songs at once; the visitor may try again.</exception>
    /// <exception cref="AudioStorageException">The bucket cannot be used; nothing is stored.</exception>
    public async Task<Upload> CreateAsync(Stream content, string fileName, CancellationToken cancellationToken)
    {
        using var activity = telemetry.Begin("answer upload");
        try
        {
            return await AnswerAsync(content, fileName, cancellationToken);
        }
        catch (Exception exception)
        {
            telemetry.Refused(exception);
            throw;
        }
    }

    /// <summary>
    /// Does once what is done with a visitor's song once it is analysed, so that the first visitor does not wait for it to be compiled; nothing
    /// stays of it.
    /// </summary>
    /// <param name="song">The analysis of a made-up song.</param>
    /// <param name="visit">What is done with the answer; <see cref="FindAsync"/> finds it meanwhile, though it is not stored.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task WarmUpAsync(SongAnalysis song, Func<Upload, Task> visit, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var (upload, _) = await AnswerAsync(context, MadeUpSha256, MadeUp, () => (UploadAnalysis.Of(song), null), cancellationToken);
        await using (var transaction = await context.BeginExclusiveAsync(UploadPurge.SubjectOf(MadeUpSha256), cancellationToken))
        {
            context.Uploads.Add(upload);
            await context.SaveChangesAsync(cancellationToken);
            await transaction.RollbackAsync(cancellationToken);
        }

        try
        {
            _madeUp = upload;
            await visit(upload);
        }
        finally
        {
            _madeUp = null;
        }
    }

    /// <summary>An upload that has not expired, or null.</summary>
    public async Task<Upload?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Uploads.AsNoTracking().SingleOrDefaultAsync(upload => upload.Id == id && upload.ExpiresAt > now, cancellationToken)
            ?? (_madeUp is { } madeUp && madeUp.Id == id ? madeUp : null);
    }

    /// <summary>The stored audio of an upload to be played, seekable; null if it is gone.</summary>
    /// <exception cref="AudioStorageException">The bucket cannot be used.</exception>
    public Task<Stream?> OpenAudioAsync(Upload upload, CancellationToken cancellationToken) =>
        audio.OpenAsync(AudioStore.NameOf(upload.Sha256), cancellationToken);

    /// <summary>The stored audio of an upload to be decoded; null if it is gone.</summary>
    /// <exception cref="AudioStorageException">The bucket cannot be used.</exception>
    public Task<FileStream?> OpenForDecodingAsync(Upload upload, CancellationToken cancellationToken) =>
        audio.OpenForDecodingAsync(AudioStore.NameOf(upload.Sha256), cancellationToken);

    private async Task<Upload> AnswerAsync(Stream content, string fileName, CancellationToken cancellationToken)
    {
        using var file = await incoming.ReceiveAsync(content, options.Value.MaxBytes, cancellationToken);
        using var held = await locks.HoldAsync(file.Sha256, cancellationToken);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var (upload, portrait) = await AnswerAsync(context, file.Sha256, fileName, () => Analyze(file, cancellationToken), cancellationToken);
        try
        {
            await StoreAsync(context, upload, file, cancellationToken);
        }
        catch
        {
            await TakeBackAsync(file.Sha256);
            throw;
        }

        if (portrait is not null)
        {
            portraits.Keep(upload.Sha256, portrait);
        }

        telemetry.Answered(isKnown: portrait is null);
        return upload;
    }

    /// <summary>What there is to say about a song; a portrait only if it had to be analysed.</summary>
    private async Task<(Upload Upload, SongPortrait? Portrait)> AnswerAsync(
        CatalogContext context, string sha256, string fileName, Func<(UploadAnalysis Analysis, SongPortrait? Portrait)> analyze, CancellationToken cancellationToken)
    {
        var known = await FindKnownAsync(context, sha256, cancellationToken);
        var (analysis, portrait) = known is null ? await gate.RunAsync(() => Task.FromResult(analyze()), cancellationToken) : (known, null);
        return (new Upload(fileName, sha256, analysis, model.Classifier?.Classify(analysis.Features), time.GetUtcNow()), portrait);
    }

    private async Task StoreAsync(CatalogContext context, Upload upload, IncomingFile file, CancellationToken cancellationToken)
    {
        var name = AudioStore.NameOf(file.Sha256);
        await audio.SendAheadAsync(file.Path, name, cancellationToken);

        // The purge of another process must not come between file and row.
        await using var transaction = await context.BeginExclusiveAsync(UploadPurge.SubjectOf(file.Sha256), cancellationToken);
        await audio.PutAsync(file.Path, name, cancellationToken);
        context.Uploads.Add(upload);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Deletes a file that came without its row: the disk was full, or database or bucket went away. If one still is away, the purge does it.</summary>
    private async Task TakeBackAsync(string sha256)
    {
        try
        {
            await using var context = await contexts.CreateDbContextAsync(CancellationToken.None);
            if (!await context.Uploads.AnyAsync(upload => upload.Sha256 == sha256, CancellationToken.None))
            {
                await audio.DeleteAsync(AudioStore.NameOf(sha256), CancellationToken.None);
            }
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException or AudioStorageException)
        {
        }
    }

    private static async Task<UploadAnalysis?> FindKnownAsync(CatalogContext context, string sha256, CancellationToken cancellationToken)
    {
        var upload = await context.Uploads.AsNoTracking()
            .FirstOrDefaultAsync(row => row.Sha256 == sha256 && row.FeatureVersion == FeatureVersion.Current, cancellationToken);
        if (upload is not null)
        {
            return new UploadAnalysis(upload.Features, upload.Seconds, upload.Tempo, upload.Tuning);
        }

        var song = await context.Songs.AsNoTracking().SingleOrDefaultAsync(row => row.Sha256 == sha256, cancellationToken);
        var vector = song is null
            ? null
            : await context.Vectors.AsNoTracking().SingleOrDefaultAsync(
                row => row.SongId == song.Id && row.FeatureVersion == FeatureVersion.Current, cancellationToken);
        return song is { Tempo: { } tempo, Tuning: { } tuning } && vector is not null && SongVector.TryRead(vector.Bytes) is { Version: FeatureVersion.Current } features
            ? new UploadAnalysis(features, song.Seconds, tempo, tuning)
            : null;
    }

    private static (UploadAnalysis, SongPortrait?) Analyze(IncomingFile file, CancellationToken cancellationToken)
    {
        using var audio = file.OpenRead();
        var (analysis, portrait) = SongAnalyzer.Portray(audio, SoundEmbedding.Shared.HearSong, cancellationToken);
        return (UploadAnalysis.Of(analysis), portrait);
    }
}

/// <summary>What is known of a visitor's song.</summary>
internal sealed record UploadAnalysis(FeatureVector Features, double Seconds, double Tempo, double Tuning)
{
    public static UploadAnalysis Of(SongAnalysis song) => new(song.Features, song.FileSeconds, song.Tempo, song.Tuning);
}

/// <summary>A file has more bytes than allowed.</summary>
public sealed class FileTooLargeException(long maxBytes) : Exception($"The file is larger than {maxBytes} bytes.")
{
    /// <summary>Most bytes allowed.</summary>
    public long MaxBytes => maxBytes;
}

/// <summary>As many songs as the machine can handle are being analysed or waiting already.</summary>
public sealed class AnalysisBusyException(TimeSpan retryAfter) : Exception("Too many songs are being analysed; try again shortly.")
{
    /// <summary>When to try again.</summary>
    public TimeSpan RetryAfter => retryAfter;
}
