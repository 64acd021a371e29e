using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.ML.OnnxRuntime;
using MusicRec.Genres.Evaluation.Retrieval;
using MusicRec.Training.Corpus;

namespace MusicRec.Training;

/// <summary>The model card of an embedding, from the file itself and the report that measured it: no number comes from elsewhere.</summary>
internal static class EarCard
{
    public static string Write(string model, RetrievalReport report)
    {
        using var session = new InferenceSession(model);
        var facts = session.ModelMetadata.CustomMetadataMap;
        var trainedOn = facts["packages"].Split(' ').ToHashSet();
        var bytes = File.ReadAllBytes(model);
        var text = new StringBuilder();
        text.Append(string.Create(CultureInfo.InvariantCulture, $"""
            # Embedding of sound

            Turns windows of three seconds (log-mel at 22 050 Hz, 128 bands) into vectors of length 1: what sounds alike lies close.

            Written by the training program from the model's own file and the report that measured it; nothing here was put in by hand.

            - **File**: {bytes.Length} bytes, SHA-256 `{Convert.ToHexStringLower(SHA256.HashData(bytes))}`
            - **Teachers**: compact_cnn (Keunwoo Choi, MIT licence; 160 numbers of each 30 s) and YAMNet (Google, Apache-2.0; 1024 numbers of each window). The model learned to tell their outputs from sound; none of their weights is in it.
            - **Music**: {facts["tracks"]} tracks, {facts["segments"]} segments of 30 s, of the packages below
            - **Changes at random**: place, tempo, pitch, equaliser, noise, band limits and masks on the log-mel spectrogram; MP3 64, Vorbis 48, Opus 32 or AAC 48 kbit/s on the sound
            - **Training**: {facts["settings"]}
            - **Measured by**: `{report.Command}`

            ## Found again by sound, on packages kept out of training


            """).ReplaceLineEndings("\n"));
        text.Append(RetrievalText.Write(report));
        text.Append("\n## Music and licences\n\n| package of Debian 12 | artist | licence | part |\n| --- | --- | --- | --- |\n");
        foreach (var package in MusicList.Packages().Where(package => package.IsHeldOut || trainedOn.Contains(package.Name)))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {package.Name} | {(package.Artist.Length > 0 ? package.Artist : "several")} | {package.Licence} | {(package.IsHeldOut ? "held out" : "training")} |\n");
        }

        return text.ToString();
    }
}
