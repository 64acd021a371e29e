using Microsoft.EntityFrameworkCore;

namespace MusicRec.Catalog.Indexing;

/// <summary>Hands queued songs to workers: each song to one worker at a time, of all processes on this database.</summary>
internal sealed class IndexQueue(IDbContextFactory<CatalogContext> contexts, TimeProvider time)
{
    /// <summary>A claim that was not renewed for this long lapses: its worker is gone.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    /// <summary>A claim that ends later than this was made before the clock was set back: it lapses, too, unless its worker renews it.</summary>
    public static readonly TimeSpan MostAhead = 4 * Lease;

    /// <summary>
    /// Claims the next song, oldest first; null if none waits or the queue is paused. A song whose worker is gone comes after those that nobody tried yet:
    /// if it is the song that takes workers down, the others are done by then.
    /// </summary>
    public async Task<ClaimedSong?> ClaimNextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var (claim, now) = (Guid.NewGuid(), time.GetUtcNow());
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            if (await Setting.FindAsync(context, Setting.IndexingIsPaused, cancellationToken) is not null)
            {
                return null;
            }

            // Not to be stopped: a claim that was written, but not told of, would hold its song until it lapses.
            cancellationToken.ThrowIfCancellationRequested();
            var song = await context.ClaimSongAsync(claim, now, now + Lease, CancellationToken.None);
            if (song is null)
            {
                return null;
            }

            var claimed = new ClaimedSong(song.Id, claim, song.DecodeAgain);
            if (!song.IsBeyondHope)
            {
                return claimed;
            }

            await UpdateAsync(claimed, row => row.GiveUp(), null, cancellationToken);
        }
    }

    /// <summary>Prolongs a claim. Returns false if it is lost.</summary>
    public Task<bool> RenewAsync(ClaimedSong claimed, CancellationToken cancellationToken) =>
        UpdateAsync(claimed, song => song.RenewClaim(time.GetUtcNow() + Lease), null, cancellationToken);

    /// <summary>Writes what became of a claimed song, in one transaction. Returns false if the claim is lost: nothing is written.</summary>
    /// <param name="claimed">The claim.</param>
    /// <param name="change">What happens to the song.</param>
    /// <param name="beside">What is written with it, or null.</param>
    /// <param name="cancellationToken">Stops the write.</param>
    public async Task<bool> UpdateAsync(
        ClaimedSong claimed, Action<Song> change, Func<CatalogContext, Task>? beside, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var song = await context.Songs.SingleOrDefaultAsync(row => row.Id == claimed.Id, cancellationToken);
        if (song?.Claim != claimed.Claim)
        {
            return false;
        }

        change(song);
        if (beside is not null)
        {
            await beside(context);
        }

        try
        {
            await context.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
    }
}

/// <summary>A song in the hands of one worker.</summary>
/// <param name="Id">The song.</param>
/// <param name="Claim">Token of the claim.</param>
/// <param name="DecodeAgain">Whether the file is analysed although its vector is up to date.</param>
internal sealed record ClaimedSong(Guid Id, Guid Claim, bool DecodeAgain);
