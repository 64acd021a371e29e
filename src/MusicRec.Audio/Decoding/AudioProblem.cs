namespace MusicRec.Audio.Decoding;

/// <summary>What is wrong with a file, for programs that say it in another language than English.</summary>
public enum AudioProblem
{
    /// <summary>The file has no bytes at all.</summary>
    EmptyFile,

    /// <summary>The bytes are not those of an audio format that can be read. Argument 0: what was found.</summary>
    UnknownFormat,

    /// <summary>The header ends early, contradicts itself or lacks a required chunk. Argument 0: what was found.</summary>
    DamagedHeader,

    /// <summary>A WAV file with a sample encoding that is not read. Argument 0: the encoding found.</summary>
    UnsupportedEncoding,

    /// <summary>Too many channels, or none. Arguments: channels found, most channels accepted.</summary>
    ChannelCount,

    /// <summary>A sample rate outside the limits. Arguments: rate found in Hz, lowest and highest rate accepted.</summary>
    SampleRate,

    /// <summary>A decoder gave the file up. Arguments: the format, the decoder's reason.</summary>
    Undecodable,

    /// <summary>The machine lacks the decoder of the format. Arguments: the format, the Debian package to install.</summary>
    DecoderMissing,

    /// <summary>The file is well formed but holds no sample.</summary>
    NoSamples,

    /// <summary>A sample is NaN, infinite or more than 10^10 times full scale. Argument 0: position of the first in seconds.</summary>
    NonFiniteSamples,
}
