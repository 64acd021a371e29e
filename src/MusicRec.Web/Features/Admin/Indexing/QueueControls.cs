namespace MusicRec.Web.Features.Admin.Indexing;

/// <summary>The buttons that pause, resume and cancel.</summary>
/// <param name="IsRunning">Whether a run is under way.</param>
/// <param name="IsPaused">Whether the queue is paused.</param>
/// <param name="Waiting">Songs that wait, in a run or not.</param>
/// <param name="ReturnUrl">The page they are on.</param>
public sealed record QueueControls(bool IsRunning, bool IsPaused, int Waiting, string ReturnUrl);
