using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MusicRec.Cli;

/// <summary>One JSON object per line; numbers so that they read back as the same double, Hangul as Hangul.</summary>
internal static class JsonLines
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void WriteJson(this TextWriter output, JsonObject line) => output.WriteLine(line.ToJsonString(Options));

    /// <summary>The line of a file that could not be read.</summary>
    public static void WriteJsonError(this TextWriter output, string file, string problem) =>
        output.WriteJson(new JsonObject { ["file"] = file, ["error"] = problem });
}
