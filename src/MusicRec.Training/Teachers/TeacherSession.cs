using Microsoft.ML.OnnxRuntime;

namespace MusicRec.Training.Teachers;

internal static class TeacherSession
{
    /// <summary>One thread: clips are heard on several threads at once.</summary>
    public static InferenceSession Open(byte[] graph)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        return new InferenceSession(graph, options);
    }
}
