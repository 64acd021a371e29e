namespace MusicRec.Genres;

/// <summary>What a model file says about itself: read from the metadata of the ONNX file.</summary>
/// <param name="Version">First 12 hexadecimal digits of the file's SHA-256.</param>
/// <param name="Labels">The genres in the order of the model's outputs.</param>
/// <param name="FeatureVersion">Version of the vectors the model was trained on.</param>
/// <param name="Provenance">What it was trained on and how, as free text facts by key (e.g. <c>data</c>, <c>trained</c>, <c>seed</c>).</param>
public sealed record GenreModel(
    string Version,
    IReadOnlyList<string> Labels,
    int FeatureVersion,
    IReadOnlyDictionary<string, string> Provenance);
