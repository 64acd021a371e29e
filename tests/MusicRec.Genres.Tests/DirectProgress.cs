namespace MusicRec.Genres.Tests;

/// <summary>Calls back at once and on the same thread, unlike <see cref="Progress{T}"/>.</summary>
internal sealed class DirectProgress<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);
}
