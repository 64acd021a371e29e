using MusicRec.Audio.Features;
using MusicRec.Audio.Portraits;
using MusicRec.Catalog;
using MusicRec.Catalog.Files;
using MusicRec.Catalog.Models;
using MusicRec.Catalog.Portraits;
using MusicRec.Catalog.Similarity;
using MusicRec.Catalog.Songs;
using MusicRec.Catalog.Uploads;

namespace MusicRec.Web.Features.Sound;

/// <summary>Gathers what pages tell of a sound.</summary>
public sealed class SoundStories(SongPortraits portraits, UploadService uploads, SongCatalog songs, LiveModel model, LiveIndex index)
{
    /// <summary>The portrait of an upload; null if its sound cannot be read.</summary>
    /// <exception cref="AnalysisBusyException">There is none yet, and too many songs are being analysed.</exception>
    public Task<SongPortrait?> FindPortraitAsync(Catalog.Uploads.Upload upload, CancellationToken cancellationToken) =>
        portraits.FindAsync(upload.Sha256, stop => uploads.OpenForDecodingAsync(upload, stop), cancellationToken);

    /// <summary>The portrait of a catalog song; null if its sound cannot be read.</summary>
    /// <exception cref="AnalysisBusyException">There is none yet, and too many songs are being analysed.</exception>
    public Task<SongPortrait?> FindPortraitAsync(Song song, CancellationToken cancellationToken) =>
        portraits.FindAsync(song.Sha256, stop => songs.OpenForDecodingAsync(song.Id, stop), cancellationToken);

    internal Task<SoundStory> TellAsync(Catalog.Uploads.Upload upload, CancellationToken cancellationToken) =>
        TellAsync($"~/uploads/{upload.Id}", upload.Features, upload.Tempo, () => FindPortraitAsync(upload, cancellationToken));

    internal Task<SoundStory> TellAsync(Song song, FeatureVector features, CancellationToken cancellationToken) =>
        TellAsync($"~/songs/{song.Id}", features, song.Tempo, () => FindPortraitAsync(song, cancellationToken));

    /// <summary>The page answers also when the pictures cannot be painted now.</summary>
    private async Task<SoundStory> TellAsync(string address, FeatureVector features, double? tempo, Func<Task<SongPortrait?>> findPortrait)
    {
        try
        {
            var portrait = await findPortrait();
            var moments = portrait is null ? null : model.Classifier?.Classify([.. portrait.Parts.Select(part => part.Features)]);
            return new SoundStory(address, features, tempo, portrait, IsBusy: false, moments ?? [], index.Current);
        }
        catch (Exception exception) when (exception is AnalysisBusyException or AudioStorageException or StorageFullException)
        {
            return new SoundStory(address, features, tempo, Portrait: null, IsBusy: true, [], index.Current);
        }
    }
}
