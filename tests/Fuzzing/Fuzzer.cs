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
    /// <param name="share">One of so many of the usual files is enough.</param>
    public static void Run(IReadOnlyList<byte[]> valid, Action<byte[]> read, Func<Exception, bool> isDocumented, long mostBytes = 64 << 20, int share = 1)
    {
        foreach (var file in valid)
        {
            read(file);
        }

        var count = (int.TryParse(Environment.GetEnvironmentVariable(CountVariable), CultureInfo.InvariantCulture, out var wanted) ? wanted : UsualCount) / share;
        string? failure = null;
        var number = 0;
        var reading = Stopwatch.StartNew();
        var worker = new Thread(() =>
        {
            for (; number < count && failure is null; number++)
            {
                reading.Restart();
                failure = Try(new Mutator(number).Damage(valid), read, isDocumented, mostBytes);
            }
        })
        { IsBackground = true };
        worker.Start();
        while (!worker.Join(TimeSpan.FromMilliseconds(100)))
        {
            Assert.True(reading.Elapsed < MostTime, $"File {number} is still being read after {reading.Elapsed}.");
        }

        Assert.True(failure is null, $"File {number - 1}: {failure}");
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
}
