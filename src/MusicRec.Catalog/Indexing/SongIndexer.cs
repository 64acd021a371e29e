using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using MusicRec.Audio;
using MusicRec.Audio.Decoding;
using MusicRec.Audio.Features;
using MusicRec.Catalog.Files;
using MusicRec.Catalog.Models;
using MusicRec.Genres.Embedding;

namespace MusicRec.Catalog.Indexing;

/// <summary>Brings one claimed song into the index: audio to numbers, numbers to a genre, both to the database.</summary>
internal sealed partial class SongIndexer(
    IDbContextFactory<CatalogContext> contexts, IndexQueue queue, AudioStore audio, LiveModel model, CatalogTelemetry telemetry, TimeProvider time,
    ILogger<SongIndexer> logger)
{
    /// <summary>Analyses the song; whatever is wrong with it is written to its row.</summary>
    /// <exception cref="OperationCanceledException">The program stops; the song waits again.</exception>
    /// <exception cref="AudioStorageException">The bucket cannot be used; the song waits again.</exception>
    /// <exception cref="StorageFullException">There is no room to copy the song from the bucket; it waits again.</exception>
    public async Task IndexAsync(ClaimedSong claimed, CancellationToken cancellationToken)
    {
        using var activity = telemetry.Begin("index song");
        try
        {
            if (claimed.DecodeAgain || !await TryClassifyAgainAsync(claimed, cancellationToken))
            {
                await AnalyzeAsync(claimed, cancellationToken);
            }

            telemetry.Indexed();
        }
        catch (OperationCanceledException)
        {
            await ReleaseAsync(claimed);
            throw;
        }
        catch (Exception exception) when (exception is AudioStorageException or StorageFullException)
        {
            await ReleaseAsync(claimed);
            throw;
        }
        catch (AudioFormatException exception)
        {
            await FailAsync(claimed, exception.Problem.ToString(), exception.Message);
        }
        catch (FileNotFoundException)
        {
            await FailAsync(claimed, "FileMissing", "The song's file is missing from the storage folder.");
        }
        catch (Exception exception) when (exception is not DbUpdateException and not DbException)
        {
            LogFailure(exception, claimed.Id);
            await FailAsync(claimed, "Internal", "The analysis failed; the log says why.");
        }
    }

    /// <summary>A song whose vector is up to date only needs the model's opinion.</summary>
    private async Task<bool> TryClassifyAgainAsync(ClaimedSong claimed, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var vector = await context.Vectors.AsNoTracking().SingleOrDefaultAsync(
            row => row.SongId == claimed.Id && row.FeatureVersion == FeatureVersion.Current, cancellationToken);
        if (vector is null || SongVector.TryRead(vector.Bytes) is not { Version: FeatureVersion.Current } features)
        {
            return false;
        }

        var prediction = model.Classifier?.Classify(features);
        await queue.UpdateAsync(claimed, song => song.Complete(prediction, time.GetUtcNow()), null, cancellationToken);
        return true;
    }

    private async Task AnalyzeAsync(ClaimedSong claimed, CancellationToken cancellationToken)
    {
        var analysis = await KeepClaimedAsync(claimed, () => AnalyzeFileAsync(claimed.Id, cancellationToken), cancellationToken);
        var prediction = model.Classifier?.Classify(analysis.Features);
        await queue.UpdateAsync(
            claimed,
            song => song.Complete(analysis, prediction, time.GetUtcNow()),
            context => StoreAsync(context, claimed.Id, analysis.Features, cancellationToken),
            cancellationToken);
    }

    private async Task<SongAnalysis> AnalyzeFileAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var file = await audio.OpenForDecodingAsync(AudioStore.NameOf(id), cancellationToken) ?? throw new FileNotFoundException();
        return SongAnalyzer.Analyze(file, SoundEmbedding.Shared.HearSong, cancellationToken);
    }

    /// <summary>Does the work and renews the claim as long as it takes.</summary>
    private async Task<SongAnalysis> KeepClaimedAsync(ClaimedSong claimed, Func<Task<SongAnalysis>> work, CancellationToken cancellationToken)
    {
        var analysis = Task.Run(work, cancellationToken);
        while (await Task.WhenAny(analysis, Task.Delay(IndexQueue.Lease / 3, time, cancellationToken)) != analysis)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await queue.RenewAsync(claimed, cancellationToken);
        }

        return await analysis;
    }

    private static async Task StoreAsync(CatalogContext context, Guid id, FeatureVector features, CancellationToken cancellationToken)
    {
        var vector = await context.Vectors.FindAsync([id, FeatureVersion.Current], cancellationToken);
        if (vector is null)
        {
            context.Vectors.Add(new SongVector(id, features));
        }
        else
        {
            vector.Replace(features);
        }
    }

    private Task<bool> ReleaseAsync(ClaimedSong claimed) => queue.UpdateAsync(claimed, song => song.Release(), null, CancellationToken.None);

    private Task<bool> FailAsync(ClaimedSong claimed, string code, string reason)
    {
        telemetry.Failed(code);
        return queue.UpdateAsync(claimed, song => song.Fail(code, reason), null, CancellationToken.None);
    }

    [LoggerMessage(LogLevel.Error, "Song {SongId} could not be analysed")]
    private partial void LogFailure(Exception exception, Guid songId);
}
