namespace MusicRec.Audio.Decoding;

/// <summary>
/// A file that cannot be analysed: the user's file is wrong, not the program. The message says in English what was
/// found and what is accepted; <see cref="Problem"/> and <see cref="Arguments"/> say the same for translation.
/// </summary>
public abstract class AudioFormatException : Exception
{
    private protected AudioFormatException(AudioProblem problem, string message, IReadOnlyList<string> arguments)
        : base(message)
    {
        Problem = problem;
        Arguments = arguments;
    }

    /// <summary>The kind of problem.</summary>
    public AudioProblem Problem { get; }

    /// <summary>The facts of the message in the order that <see cref="AudioProblem"/> documents, numbers in invariant culture.</summary>
    public IReadOnlyList<string> Arguments { get; }
}

/// <summary>The file may be fine, but not of a kind that is read here.</summary>
/// <param name="problem">The kind of problem.</param>
/// <param name="message">What was found and what is accepted, in English.</param>
/// <param name="arguments">The facts of the message, see <see cref="AudioProblem"/>.</param>
public sealed class UnsupportedAudioException(AudioProblem problem, string message, params IReadOnlyList<string> arguments)
    : AudioFormatException(problem, message, arguments);

/// <summary>The file is damaged, empty or contradicts itself.</summary>
/// <param name="problem">The kind of problem.</param>
/// <param name="message">What was found and what is accepted, in English.</param>
/// <param name="arguments">The facts of the message, see <see cref="AudioProblem"/>.</param>
public sealed class InvalidAudioException(AudioProblem problem, string message, params IReadOnlyList<string> arguments)
    : AudioFormatException(problem, message, arguments);
