using Microsoft.Extensions.Localization;
using MusicRec.Audio.Features;
using MusicRec.Web.Localization;

namespace MusicRec.Web.Features.Shared;

/// <summary>One line of the table of features.</summary>
internal sealed record FeatureRow(string Name, string TechnicalName, string Value, string Deviation, string Meaning);

/// <summary>The numbers of one song in plain words.</summary>
/// <param name="Features">Means and deviations.</param>
/// <param name="Tempo">Beats per minute, or null if not known.</param>
/// <param name="Tuning">Deviation from A = 440 Hz in semitones, or null if not known.</param>
internal sealed record FeatureTable(FeatureVector Features, double? Tempo, double? Tuning)
{
    public IEnumerable<FeatureRow> Rows(IStringLocalizer<Text> text)
    {
        foreach (var feature in Enum.GetValues<AudioFeature>())
        {
            yield return RowOf(text, feature);
        }

        if (Tempo is { } tempo)
        {
            yield return new FeatureRow(text["Feature.tempo"], "tempo", $"{Display.Number(tempo, "0.0")} BPM", "", text["Feature.tempo.Meaning"]);
        }

        if (Tuning is { } tuning)
        {
            yield return new FeatureRow(
                text["Feature.tuning"], "tuning", $"{Display.Number(tuning, "0.00")} {text["Unit.Semitones"]}", "", text["Feature.tuning.Meaning"]);
        }
    }

    private FeatureRow RowOf(IStringLocalizer<Text> text, AudioFeature feature)
    {
        var technicalName = FeatureVector.Names[(int)feature];
        var value = ValueOf(feature, Features[feature]);
        var deviation = Features.Deviations.IsEmpty ? "" : $"± {ValueOf(feature, Features.Deviations[(int)feature])}";
        if (feature < AudioFeature.Mfcc1)
        {
            return new FeatureRow(text[$"Feature.{technicalName}"], technicalName, value, deviation, text[$"Feature.{technicalName}.Meaning"]);
        }

        var number = feature - AudioFeature.Mfcc1 + 1;
        // From the fourth on there is nothing more to say.
        var meaning = number <= 3 ? text[$"Feature.{technicalName}.Meaning"].Value : "";
        return new FeatureRow(text["Feature.mfcc", number], technicalName, value, deviation, meaning);
    }

    private static string ValueOf(AudioFeature feature, double value) => feature switch
    {
        AudioFeature.SpectralCentroid or AudioFeature.SpectralBandwidth or AudioFeature.SpectralRolloff =>
            $"{Display.Number(value, "0.0")} Hz",
        < AudioFeature.Mfcc1 => Display.Number(value, "0.0000"),
        _ => Display.Number(value, "0.00"),
    };
}
