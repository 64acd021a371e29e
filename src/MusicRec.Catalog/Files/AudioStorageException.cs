namespace MusicRec.Catalog.Files;

/// <summary>The bucket in which the sound lies does not answer, or refuses the program.</summary>
/// <param name="message">Which storage, what it said, and the setting to look at where it is one.</param>
/// <param name="cause">What was noticed.</param>
public sealed class AudioStorageException(string message, Exception? cause = null) : Exception(message, cause);
