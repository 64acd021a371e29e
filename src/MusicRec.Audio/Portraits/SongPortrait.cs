using System.Buffers.Binary;
using System.Runtime.InteropServices;
using MusicRec.Audio.Features;

namespace MusicRec.Audio.Portraits;

/// <summary>
/// What can be shown of a song's sound, small enough to be kept beside it: about 50 KB for 30 seconds. All pictures have the same
/// columns of time. Immutable.
/// </summary>
public sealed class SongPortrait
{
    /// <summary>Most columns: 30 seconds have 323, each about 93 ms.</summary>
    public const int MaxColumns = 324;

    /// <summary>Mel bands in a column.</summary>
    public const int MelBands = FeatureVersion.MelBands;

    /// <summary>Points of the spectrum.</summary>
    public const int SpectrumBands = 120;

    /// <summary>How many dB the brightest cell of <see cref="Mel"/> and the highest point of <see cref="Spectrum"/> lie above 0.</summary>
    public const double DynamicRange = 80;

    /// <summary>Frequency of the lowest point of the spectrum in Hz.</summary>
    public const double LowestHertz = 40;

    /// <summary>Frequency of the highest point of the spectrum in Hz.</summary>
    public const double HighestHertz = FeatureVersion.SampleRate / 2.0;

    private const int MostParts = FeatureVersion.MaxSeconds;

    // "MRP" and the version of this layout.
    private const int Magic = 0x0150524D;

    // The feature version when the features became what they are; another embedding changes nothing here.
    private const int Version = 3;
    private const int HeaderBytes = 4 * sizeof(int) + sizeof(double);

    private readonly byte[] _pictures;

    /// <summary>Takes over what <see cref="PortraitPainter"/> made.</summary>
    /// <param name="seconds">Seconds shown.</param>
    /// <param name="columns">Columns of the pictures.</param>
    /// <param name="pictures">Peaks, levels, mel, chroma and spectrum, one after the other.</param>
    /// <param name="pitchClasses">12 means.</param>
    /// <param name="parts">Parts of the song in order.</param>
    internal SongPortrait(double seconds, int columns, byte[] pictures, double[] pitchClasses, IReadOnlyList<SongPart> parts)
    {
        Seconds = seconds;
        Columns = columns;
        _pictures = pictures;
        PitchClasses = pitchClasses;
        Parts = parts;
    }

    /// <summary>Seconds of the song that are shown, 30 at most.</summary>
    public double Seconds { get; }

    /// <summary>Columns of <see cref="Peaks"/>, <see cref="Levels"/>, <see cref="Mel"/> and <see cref="Chroma"/>, 1 to 324; all last equally long.</summary>
    public int Columns { get; }

    /// <summary>The largest sample of each column without its sign; 255 is full scale.</summary>
    public ReadOnlySpan<byte> Peaks => _pictures.AsSpan(0, Columns);

    /// <summary>The root mean square of each column; 255 is full scale.</summary>
    public ReadOnlySpan<byte> Levels => _pictures.AsSpan(Columns, Columns);

    /// <summary>
    /// Mel spectrogram, column by column, lowest band first: 0 is <see cref="DynamicRange"/> below the loudest cell of the song, 255 the
    /// loudest. All 0 for digital silence.
    /// </summary>
    public ReadOnlySpan<byte> Mel => _pictures.AsSpan(2 * Columns, MelBands * Columns);

    /// <summary>How much each of the 12 pitch classes sounds beside the strongest one, column by column, C first; 255 is as much.</summary>
    public ReadOnlySpan<byte> Chroma => _pictures.AsSpan((2 + MelBands) * Columns, FeatureVersion.ChromaCount * Columns);

    /// <summary>
    /// Mean power spectrum at <see cref="SpectrumBands"/> frequencies, see <see cref="SpectrumHertz"/>: 0 is <see cref="DynamicRange"/> below the
    /// strongest, 255 the strongest. All 0 for digital silence.
    /// </summary>
    public ReadOnlySpan<byte> Spectrum => _pictures.AsSpan((2 + MelBands + FeatureVersion.ChromaCount) * Columns, SpectrumBands);

    /// <summary>The mean of each pitch class over the song, C first, 0 to 1.</summary>
    public IReadOnlyList<double> PitchClasses { get; }

    /// <summary>The features of each 3 seconds of the song, in order; what is left over at the end belongs to the last part.</summary>
    public IReadOnlyList<SongPart> Parts { get; }

    /// <summary>Frequency of a point of <see cref="Spectrum"/> in Hz; each is 4.8 % above the one before.</summary>
    public static double SpectrumHertz(double point) => LowestHertz * Math.Pow(HighestHertz / LowestHertz, point / (SpectrumBands - 1));

    /// <summary>Bytes of the pictures of so many columns.</summary>
    internal static int PictureBytes(int columns) => (2 + MelBands + FeatureVersion.ChromaCount) * columns + SpectrumBands;

    /// <summary>Everything as bytes, nothing lost.</summary>
    public byte[] ToBytes()
    {
        var numbers = new List<double>(PitchClasses);
        foreach (var part in Parts)
        {
            numbers.Add(part.Start);
            numbers.Add(part.End);
            numbers.AddRange(part.Features.Values);
        }

        var bytes = new byte[Length(Columns, Parts.Count)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), Version);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), Columns);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12), Parts.Count);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(16), Seconds);
        _pictures.CopyTo(bytes.AsSpan(HeaderBytes));
        MemoryMarshal.AsBytes<double>(numbers.ToArray()).CopyTo(bytes.AsSpan(HeaderBytes + _pictures.Length));
        return bytes;
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote; null if the bytes are damaged, or of other features or another layout.</summary>
    public static SongPortrait? FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderBytes
            || BinaryPrimitives.ReadInt32LittleEndian(bytes) != Magic
            || BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]) != Version)
        {
            return null;
        }

        var columns = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]);
        var parts = BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]);
        var seconds = BinaryPrimitives.ReadDoubleLittleEndian(bytes[16..]);
        if (columns is < 1 or > MaxColumns || parts is < 1 or > MostParts || bytes.Length != Length(columns, parts) || seconds is not (> 0 and <= FeatureVersion.MaxSeconds))
        {
            return null;
        }

        var pictures = bytes.Slice(HeaderBytes, PictureBytes(columns)).ToArray();
        var numbers = MemoryMarshal.Cast<byte, double>(bytes[(HeaderBytes + pictures.Length)..].ToArray()).ToArray();
        if (!numbers.All(double.IsFinite))
        {
            return null;
        }

        var pitchClasses = numbers[..FeatureVersion.ChromaCount];
        return new SongPortrait(seconds, columns, pictures, pitchClasses, [.. numbers[FeatureVersion.ChromaCount..].Chunk(SongPart.Numbers).Select(SongPart.Of)]);
    }

    private static int Length(int columns, int parts) =>
        HeaderBytes + PictureBytes(columns) + sizeof(double) * (FeatureVersion.ChromaCount + SongPart.Numbers * parts);
}
