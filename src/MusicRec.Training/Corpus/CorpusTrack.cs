using System.Runtime.InteropServices;
using MusicRec.Audio.Features;
using MusicRec.Audio.Spectra;
using MusicRec.Genres.Embedding;
using MusicRec.Training.Teachers;

namespace MusicRec.Training.Corpus;

/// <summary>A track made ready for training, as it lies in one file of the corpus.</summary>
/// <param name="File">Its path below the music folder.</param>
/// <param name="Package">The package it came in.</param>
/// <param name="Segments">Its pieces of 30 seconds.</param>
internal sealed record CorpusTrack(string File, string Package, IReadOnlyList<Segment> Segments)
{
    private const int Magic = 0x4D52_4501;

    /// <summary>Writes the file, complete or not at all.</summary>
    public void Write(string path)
    {
        using (var writer = new BinaryWriter(System.IO.File.Create(path + ".part")))
        {
            writer.Write(Magic);
            writer.Write(File);
            writer.Write(Package);
            writer.Write(Segments.Count);
            foreach (var segment in Segments)
            {
                writer.Write(segment.Clean);
                writer.Write(segment.Lossy);
                writer.Write(MemoryMarshal.AsBytes(segment.Tags.AsSpan()));
                writer.Write(MemoryMarshal.AsBytes(segment.Sounds.AsSpan()));
            }
        }

        System.IO.File.Move(path + ".part", path, overwrite: true);
    }

    /// <exception cref="InvalidDataException">The file is of another version.</exception>
    public static CorpusTrack Read(string path)
    {
        using var reader = new BinaryReader(System.IO.File.OpenRead(path));
        if (reader.ReadInt32() != Magic)
        {
            throw new InvalidDataException($"{path} was made by another version; prepare the corpus again.");
        }

        var (file, package) = (reader.ReadString(), reader.ReadString());
        var segments = new Segment[reader.ReadInt32()];
        for (var i = 0; i < segments.Length; i++)
        {
            segments[i] = new Segment(
                reader.ReadBytes(Segment.Size), reader.ReadBytes(Segment.Size),
                MemoryMarshal.Cast<byte, float>(reader.ReadBytes(CompactCnn.Numbers * sizeof(float))).ToArray(),
                MemoryMarshal.Cast<byte, Half>(reader.ReadBytes(Segment.Windows * Yamnet.Numbers * 2)).ToArray());
        }

        return new CorpusTrack(file, package, segments);
    }
}

/// <summary>Thirty seconds: the mel spectrogram twice and what the teachers heard.</summary>
/// <param name="Clean">Band by band 1280 frames in steps of 80/255 dB: 255 is the loudest cell, 0 is 80 dB below.</param>
/// <param name="Lossy">The same from a poor copy of the file.</param>
/// <param name="Tags">The 160 numbers of compact_cnn.</param>
/// <param name="Sounds">The 1024 numbers of YAMNet for each of the ten windows.</param>
internal sealed record Segment(byte[] Clean, byte[] Lossy, float[] Tags, Half[] Sounds)
{
    public const int Windows = 10;
    public const int Frames = Windows * MelWindows.Frames;
    public const int Size = FeatureVersion.MelBands * Frames;

    /// <summary>Samples of which the frames are made.</summary>
    public const int Samples = Frames * FeatureVersion.HopLength;

    /// <summary>Decibels in one step.</summary>
    public const float Step = 80f / 255;

    /// <summary>In steps of decibels below the loudest cell.</summary>
    public static byte[] Quantize(MelSpectrogram mel)
    {
        var loudest = float.NegativeInfinity;
        for (var band = 0; band < FeatureVersion.MelBands; band++)
        {
            foreach (var value in mel.Band(band)[..Frames])
            {
                loudest = Math.Max(loudest, value);
            }
        }

        var steps = new byte[Size];
        for (var i = 0; i < steps.Length; i++)
        {
            var below = mel.Band(i / Frames)[i % Frames] - loudest;
            steps[i] = (byte)Math.Clamp(255 + (int)MathF.Round(below / Step), 0, 255);
        }

        return steps;
    }
}
