namespace MusicRec.Catalog.Models;

/// <summary>The administrator's model at one moment.</summary>
/// <param name="Onnx">Content of <c>live.onnx</c>; null if it is not there.</param>
/// <param name="Description">Content of <c>live.json</c>; null if it is not there.</param>
internal sealed record LiveModelFiles(byte[]? Onnx, byte[]? Description)
{
    public bool Equals(LiveModelFiles? other) => other is not null && AreSame(Onnx, other.Onnx) && AreSame(Description, other.Description);

    public override int GetHashCode() => HashCode.Combine(Onnx?.Length, Description?.Length);

    private static bool AreSame(byte[]? one, byte[]? other) => one is null == other is null && one.AsSpan().SequenceEqual(other);
}
