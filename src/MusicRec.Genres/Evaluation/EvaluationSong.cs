using System.Buffers;

namespace MusicRec.Genres.Evaluation;

/// <summary>A song of a table that is evaluated on.</summary>
/// <param name="FileName">Name of its file.</param>
/// <param name="Values">Its features.</param>
/// <param name="Label">Its genre.</param>
/// <param name="Artist">Its artist; null when not known.</param>
/// <param name="Hash">Hash of its file; null when not known.</param>
public sealed record EvaluationSong(string FileName, ReadOnlyMemory<double> Values, string Label, string? Artist = null, string? Hash = null)
{
    private static readonly SearchValues<char> LettersAndDigits = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    /// <summary>The name without folders and extension: what lists of songs are matched by.</summary>
    public string Key => KeyOf(FileName);

    /// <summary>
    /// File name without folders and extension, composed to NFC: <c>blues/blues.00001.wav</c> has the key <c>blues.00001</c>.
    /// An extension is up to four letters and digits and begins with a letter, so the key is its own key.
    /// </summary>
    public static string KeyOf(string path)
    {
        var name = path[(path.LastIndexOfAny(['/', '\\']) + 1)..].Trim().Normalize();
        var extension = Path.GetExtension(name);
        return extension.Length is >= 2 and <= 5 && char.IsAsciiLetter(extension[1]) && extension.AsSpan(1).IndexOfAnyExcept(LettersAndDigits) < 0
            ? name[..^extension.Length]
            : name;
    }
}
