using MusicRec.Catalog.Files;
using MusicRec.Catalog.Models;

namespace MusicRec.Catalog.Backups;

/// <summary>How the storage was before a restore, so far as the restore changes it.</summary>
/// <param name="audio">The sounds.</param>
/// <param name="model">The model in use.</param>
/// <param name="folder">On the disk of the storage folder; takes what is replaced.</param>
internal sealed class RestoreUndo(AudioStore audio, LiveModel model, string folder)
{
    private readonly LiveModelFiles _model = model.ReadFiles();
    private readonly Stack<Func<Task>> _steps = new();
    private int _kept;

    /// <summary>To be called before a file gets its place: what is there gives way.</summary>
    public void Keep(string path)
    {
        if (File.Exists(path))
        {
            var kept = NewPath();
            File.Move(path, kept);
            _steps.Push(() => Does(() => File.Move(kept, path, overwrite: true)));
        }
        else
        {
            _steps.Push(() => Does(() => File.Delete(path)));
        }
    }

    /// <summary>To be called before a sound is replaced.</summary>
    public async Task KeepSoundAsync(string name, CancellationToken cancellationToken)
    {
        await using var sound = await audio.OpenAsync(name, cancellationToken);
        if (sound is null)
        {
            _steps.Push(() => TryDeleteAsync(name));
            return;
        }

        var kept = NewPath();
        await using (var copy = new FileStream(kept, FileMode.CreateNew, FileAccess.Write))
        {
            await sound.CopyToAsync(copy, cancellationToken);
        }

        _steps.Push(() => audio.ReplaceAsync(kept, name, CancellationToken.None));
    }

    /// <summary>Puts everything back.</summary>
    public async Task PutBackAsync()
    {
        model.PutBack(_model);
        while (_steps.TryPop(out var step))
        {
            await step();
        }
    }

    /// <summary>A sound too many does no harm; <c>musicrec check</c> finds it.</summary>
    private async Task TryDeleteAsync(string name)
    {
        try
        {
            await audio.DeleteAsync(name, CancellationToken.None);
        }
        catch (AudioStorageException)
        {
            // The bucket is away, which is why everything is put back.
        }
    }

    private static Task Does(Action step)
    {
        step();
        return Task.CompletedTask;
    }

    private string NewPath() => Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "before")).FullName, $"{_kept++}");
}
