using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage;
using MusicRec.Catalog.Database;
using MusicRec.Catalog.Import;
using MusicRec.Catalog.Indexing;
using MusicRec.Catalog.Models;
using MusicRec.Catalog.Playlists;
using MusicRec.Catalog.Tags;
using MusicRec.Catalog.Uploads;
using MusicRec.Genres;

namespace MusicRec.Catalog;

/// <summary>The catalog's database: songs, uploads, index runs and versions, and the administrators' accounts.</summary>
public abstract class CatalogContext(DbContextOptions options) : IdentityDbContext<IdentityUser>(options)
{
    private const int HashLength = 64;

    /// <summary>Songs of the catalog.</summary>
    public DbSet<Song> Songs => Set<Song>();

    /// <summary>Visitors' songs.</summary>
    public DbSet<Upload> Uploads => Set<Upload>();

    /// <summary>Visitors' playlists.</summary>
    public DbSet<Playlist> Playlists => Set<Playlist>();

    internal DbSet<PlaylistSong> PlaylistSongs => Set<PlaylistSong>();

    internal DbSet<SongVector> Vectors => Set<SongVector>();

    internal DbSet<IndexRun> IndexRuns => Set<IndexRun>();

    internal DbSet<IndexVersion> IndexVersions => Set<IndexVersion>();

    internal DbSet<TrainingRun> TrainingRuns => Set<TrainingRun>();

    internal DbSet<Setting> Settings => Set<Setting>();

    internal DbSet<ImportedFile> ImportedFiles => Set<ImportedFile>();

    /// <summary>
    /// Begins a transaction that nobody on this database, in whichever process, has at the same time for the same subject: it waits
    /// until theirs is over. SQLite has one writer anyway.
    /// </summary>
    /// <param name="subject">What is to be changed by one at a time.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public abstract Task<IDbContextTransaction> BeginExclusiveAsync(string subject, CancellationToken cancellationToken);

    /// <summary>Reads several things as they are at one moment; that keeps nobody from writing.</summary>
    internal abstract Task<T> AtOneMomentAsync<T>(Func<Task<T>> read, CancellationToken cancellationToken);

    /// <summary>
    /// Gives the next waiting song to one worker: the oldest that nobody tried yet, else the oldest whose claim has lapsed. Null if
    /// none waits.
    /// </summary>
    /// <param name="claim">Token of the claim.</param>
    /// <param name="now">Claims that ended before have lapsed.</param>
    /// <param name="until">When this claim lapses.</param>
    /// <param name="cancellationToken">Stops the attempt.</param>
    internal abstract Task<Song?> ClaimSongAsync(Guid claim, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>
    /// Hands out vectors where they lie, without making objects of them: a million songs are read in seconds and nothing but their
    /// numbers is kept. The connection is open.
    /// </summary>
    internal abstract void ReadVectors(VectorRange range, VectorParts parts, VectorHandler handle, CancellationToken cancellationToken);

    /// <summary>Wakes the other processes on this database, where it can; they also look by themselves every few seconds.</summary>
    internal abstract Task AnnounceAsync(News news, CancellationToken cancellationToken);

    /// <summary>Writes everything as it is at one moment to a new SQLite file, whatever the database is.</summary>
    internal abstract Task WriteCopyAsync(string path, CancellationToken cancellationToken);

    /// <summary>Replaces everything, in one step, by what a SQLite file of the same schema holds.</summary>
    internal abstract Task ReplaceByAsync(string path, CancellationToken cancellationToken);

    /// <summary>Brings the database to the schema of this program. Of several processes one does it; none waits for one that is gone.</summary>
    internal abstract Task MigrateAsync(TimeProvider time, CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcMilliseconds>();
        configurationBuilder.Properties<SongStatus>().HaveConversion<string>().HaveMaxLength(20);
        configurationBuilder.Properties<ImageKind>().HaveConversion<string>().HaveMaxLength(20);
        configurationBuilder.Properties<PredictionDoubt>().HaveConversion<string>().HaveMaxLength(20);
        configurationBuilder.Properties<IndexRunState>().HaveConversion<string>().HaveMaxLength(20);
        configurationBuilder.Properties<TrainingState>().HaveConversion<string>().HaveMaxLength(20);
        configurationBuilder.Properties<ReindexScope>().HaveConversion<string>().HaveMaxLength(20);
        configurationBuilder.Properties<IReadOnlyList<GenreProbability>>().HaveConversion<PredictionJson, PredictionComparer>();
    }

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<Song>(ConfigureSongs);
        builder.Entity<SongVector>(ConfigureVectors);
        builder.Entity<Upload>(ConfigureUploads);
        builder.Entity<IndexRun>(ConfigureRuns);
        builder.Entity<IndexVersion>(ConfigureVersions);
        builder.Entity<TrainingRun>(ConfigureTrainings);
        builder.Entity<ImportedFile>(ConfigureImportedFiles);
        builder.Entity<Playlist>(ConfigurePlaylists);
        builder.Entity<PlaylistSong>(ConfigurePlaylistSongs);
        builder.Entity<Setting>(setting => setting.HasKey(row => row.Key));
    }

    private static void ConfigureSongs(EntityTypeBuilder<Song> song)
    {
        song.Property(row => row.Id).ValueGeneratedNever();
        song.Property(row => row.Title).HasMaxLength(SongNames.MaxLength);
        song.Property(row => row.Artist).HasMaxLength(SongNames.MaxLength);
        song.Property(row => row.FileName).HasMaxLength(SongNames.MaxLength);
        song.Property(row => row.Sha256).HasMaxLength(HashLength);
        song.Property(row => row.Label).HasMaxLength(SongNames.MaxGenreLength);
        song.Property(row => row.PredictedGenre).HasMaxLength(SongNames.MaxGenreLength);
        song.Property(row => row.ModelVersion).HasMaxLength(HashLength);
        song.Property(row => row.Album).HasMaxLength(SongNames.MaxLength);
        song.Property(row => row.SearchText);
        song.Property(row => row.SearchSound);
        song.Property(row => row.FactsChangedAt);
        song.Property(row => row.RunId);
        song.Property(row => row.StatusBefore);
        song.Property(row => row.DecodeAgain);

        // Both: a song that another worker claimed and finished in between has no claim again, but another status.
        song.Property(row => row.Claim).IsConcurrencyToken();
        song.Property(row => row.Status).IsConcurrencyToken();

        // A run may have asked for more between a worker's look and its claim.
        song.Property(row => row.DecodeAgain).IsConcurrencyToken();
        song.Property(row => row.ClaimedUntil);
        song.Ignore(row => row.Genre);
        song.HasIndex(row => row.Sha256).IsUnique();
        song.HasIndex(row => new { row.Status, row.Id });
        song.HasIndex(row => row.FactsChangedAt);
        song.HasIndex(row => new { row.RunId, row.Status });

        // With the status, a page far behind is found in the index alone.
        song.HasIndex(row => new { row.Artist, row.Title, row.Id, row.Status });
    }

    private static void ConfigureVectors(EntityTypeBuilder<SongVector> vector)
    {
        vector.HasKey(row => new { row.SongId, row.FeatureVersion });
        vector.Ignore(row => row.Features);
        vector.HasIndex(row => new { row.FeatureVersion, row.SinceVersion });
        vector.HasOne<Song>().WithMany().HasForeignKey(row => row.SongId).OnDelete(DeleteBehavior.Cascade);
    }

    private static void ConfigureUploads(EntityTypeBuilder<Upload> upload)
    {
        upload.Property(row => row.Id).ValueGeneratedNever();
        upload.Property(row => row.FileName).HasMaxLength(SongNames.MaxLength);
        upload.Property(row => row.Sha256).HasMaxLength(HashLength);
        upload.Property(row => row.ModelVersion).HasMaxLength(HashLength);
        upload.Property(row => row.Features).HasConversion<FeatureBytes>();
        upload.HasIndex(row => row.Sha256);
        upload.HasIndex(row => row.ExpiresAt);
    }

    private static void ConfigureRuns(EntityTypeBuilder<IndexRun> run)
    {
        run.Property(row => row.Id).ValueGeneratedNever();
        run.HasIndex(row => row.StartedAt);
    }

    private static void ConfigureVersions(EntityTypeBuilder<IndexVersion> version)
    {
        version.HasKey(row => row.Number);
        version.Property(row => row.Number).ValueGeneratedNever();
        version.Ignore(row => row.Scaler);
    }

    private static void ConfigureTrainings(EntityTypeBuilder<TrainingRun> run)
    {
        run.Property(row => row.Id).ValueGeneratedNever();
        run.Property(row => row.ModelVersion).HasMaxLength(HashLength);
        run.HasIndex(row => row.StartedAt);
        run.HasIndex(row => row.ModelVersion);
    }

    private static void ConfigurePlaylists(EntityTypeBuilder<Playlist> playlist)
    {
        playlist.Property(row => row.Id).ValueGeneratedNever();
        playlist.Property(row => row.Name).HasMaxLength(Playlist.MaxNameLength);
        playlist.HasIndex(row => row.ShareId).IsUnique();
        playlist.HasIndex(row => row.ExpiresAt);
    }

    private static void ConfigurePlaylistSongs(EntityTypeBuilder<PlaylistSong> song)
    {
        song.HasKey(row => new { row.PlaylistId, row.SongId });
        song.HasOne<Playlist>().WithMany().HasForeignKey(row => row.PlaylistId).OnDelete(DeleteBehavior.Cascade);
        song.HasOne<Song>().WithMany().HasForeignKey(row => row.SongId).OnDelete(DeleteBehavior.Cascade);
    }

    private static void ConfigureImportedFiles(EntityTypeBuilder<ImportedFile> file)
    {
        file.HasKey(row => row.PathHash);
        file.Property(row => row.PathHash).HasMaxLength(HashLength);
        file.HasIndex(row => row.SongId);
        file.HasOne<Song>().WithMany().HasForeignKey(row => row.SongId).OnDelete(DeleteBehavior.Cascade);
    }
}
