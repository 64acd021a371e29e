namespace MusicRec.Audio.Decoding;

/// <summary>ITU-T G.711 A-law and mu-law: one byte to a 16-bit sample over 32 768.</summary>
internal static class G711
{
    private static readonly float[] ALawTable = [.. Enumerable.Range(0, 256).Select(code => DecodeALaw(code) / 32768f)];
    private static readonly float[] MuLawTable = [.. Enumerable.Range(0, 256).Select(code => DecodeMuLaw(code) / 32768f)];

    public static ReadOnlySpan<float> ALaw => ALawTable;

    public static ReadOnlySpan<float> MuLaw => MuLawTable;

    private static int DecodeALaw(int code)
    {
        // Every second bit is inverted on the line.
        code ^= 0x55;
        var exponent = (code >> 4) & 7;
        var magnitude = ((code & 0x0F) << 4) + 8;
        if (exponent > 0)
        {
            magnitude = (magnitude + 0x100) << (exponent - 1);
        }

        return (code & 0x80) != 0 ? magnitude : -magnitude;
    }

    private static int DecodeMuLaw(int code)
    {
        const int Bias = 0x84;
        code = ~code;
        var magnitude = ((((code & 0x0F) << 3) + Bias) << ((code >> 4) & 7)) - Bias;
        return (code & 0x80) != 0 ? -magnitude : magnitude;
    }
}
