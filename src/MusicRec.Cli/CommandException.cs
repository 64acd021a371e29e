namespace MusicRec.Cli;

/// <summary>A command cannot go on for a reason the user can put right; the message is shown as it is.</summary>
internal sealed class CommandException(string message) : Exception(message);
