using System.Diagnostics;
using System.Globalization;

namespace MusicRec.Fuzzing;

/// <summary>
/// Gives a reader many damaged files: it may answer or throw what it documents, in bounded time and memory. 2 000 files, or as many as
/// the environment variable <c>MUSICREC_FUZZ</c> says.
/// </summary>
internal static class Fuzzer
{
    private const string CountVariable = "MUSICREC_FUZZ";
    private const int UsualCount = 2000;

    /// <summary>Far more than any file of these sizes takes; on a busy machine, too.</summary>
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(20);

    /// <summary>Runs the reader; a failure names the number of the file, which makes it again: <c>new Mutator(number).Damage(valid)</c>.</summary>
    /// <param name="valid">Files that the reader reads.</param>
    /// <param name="read">The reader, with checks of what it answers.</param>
    /// <param name="isDocumented">Whether the reader says that it throws this.</param>
    /// <param name="mostBytes">Memory that one file may cost.</param>
    /// <param name="usual">How many files where the environment asks for no number.</param>
    /// <param name="workers">How many are read at once.</param>
    public static void Run(
        IReadOnlyList<byte[]> valid, Action<byte[]> read, Func<Exception, bool> isDocumented, long mostBytes = 64 << 20, int usual = UsualCount, int workers = 1)
    {
        foreach (var file in valid)
        {
            read(file);
        }

        var count = int.TryParse(Environment.GetEnvironmentVariable(CountVariable), CultureInfo.InvariantCulture, out var wanted) ? wanted : usual;
        var running = Enumerable.Range(0, workers).Select(first => new Worker(first, workers, count, number => Try(new Mutator(number).Damage(valid), read, isDocumented, mostBytes))).ToList();
        try
        {
            while (running.Count > 0)
            {
                Thread.Sleep(50);
                running.RemoveAll(worker => worker.IsDone());
            }
        }
        finally
        {
            running.ForEach(worker => worker.Stop());
        }
    }

    private static string? Try(byte[] file, Action<byte[]> read, Func<Exception, bool> isDocumented, long mostBytes)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            read(file);
        }
        catch (Exception exception) when (isDocumented(exception))
        {
            // One of the two outcomes asked for.
        }
        catch (Exception exception)
        {
            return $"{exception}\nIt begins {Convert.ToHexString(file.AsSpan(0, Math.Min(file.Length, 64)))}";
        }

        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        return bytes > mostBytes ? $"{bytes} bytes of memory for a file of {file.Length}." : null;
    }

    /// <summary>A thread that reads every so manieth file until one fails.</summary>
    private sealed class Worker
    {
        private readonly Stopwatch _reading = Stopwatch.StartNew();
        private readonly Thread _thread;
        private volatile int _number;
        private volatile string? _failure;
        private volatile bool _isStopped;

        public Worker(int first, int step, int count, Func<int, string?> tryFile)
        {
            _number = first;
            _thread = new Thread(() =>
            {
                for (; _number < count && !_isStopped; _number += step)
                {
                    _reading.Restart();
                    if ((_failure = tryFile(_number)) is not null)
                    {
                        return;
                    }
                }
            })
            { IsBackground = true };
            _thread.Start();
        }

        public void Stop() => _isStopped = true;

        /// <summary>Fails if a file failed, or is being read for too long.</summary>
        public bool IsDone()
        {
            var isDone = !_thread.IsAlive;
            Assert.True(_failure is null, $"File {_number}: {_failure}");
            Assert.True(isDone || _reading.Elapsed < MostTime, $"File {_number} is still being read after {_reading.Elapsed}.");
            return isDone;
        }
    }
}
