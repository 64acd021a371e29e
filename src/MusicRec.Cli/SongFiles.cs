using System.CommandLine;
using MusicRec.Audio;
using MusicRec.Audio.Decoding;
using MusicRec.Catalog.Import;
using MusicRec.Genres.Embedding;

namespace MusicRec.Cli;

/// <summary>The songs a command line names.</summary>
internal static class SongFiles
{
    /// <summary>One file or folder at least. What begins like an option and is no file is a misspelt option, not a missing song.</summary>
    public static Argument<string[]> Argument()
    {
        var files = new Argument<string[]>("file") { Description = "Song files, or folders of them.", Arity = ArgumentArity.OneOrMore };
        files.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.StartsWith('-') && !Path.Exists(token.Value)))
            {
                result.AddError($"There is neither an option nor a file '{token.Value}'.");
            }
        });
        return files;
    }

    /// <summary>Files as they are named, folders replaced by the song files below them; a folder without one stays.</summary>
    public static IEnumerable<string> Expand(IEnumerable<string> paths) => paths.SelectMany(path =>
        Directory.Exists(path) && SongFolder.Songs(path) is { Count: > 0 } files ? files : [path]);

    /// <summary>Opens and analyses one file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="sound">Whether the embedding hears it as well.</param>
    /// <param name="cancellationToken">Stops between the stages.</param>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="AudioFormatException">It is not a readable song.</exception>
    public static SongAnalysis Analyze(string path, bool sound, CancellationToken cancellationToken)
    {
        if (Directory.Exists(path))
        {
            throw new FileNotFoundException("No song file lies in this folder.");
        }

        using var stream = File.OpenRead(path);
        return SongAnalyzer.Analyze(stream, sound ? SoundEmbedding.Shared.HearSong : null, cancellationToken);
    }

    /// <summary>Whether the file is at fault, so that the next one may still be fine.</summary>
    public static bool IsRefusal(Exception exception) =>
        exception is AudioFormatException or IOException or UnauthorizedAccessException;
}
