namespace MusicRec.Catalog.Demo.Synthesis;

/// <summary>
/// Sine and powers of two from additions and multiplications alone: those of the C library differ in the last bit from one
/// system to the next, and a song must be the same bytes everywhere.
/// </summary>
internal static class Numeric
{
    public const int SampleRate = 44_100;

    private const double DecibelsPerDoubling = 6.020599913279624;
    private const int MantissaBits = 52;
    private const int ExponentBias = 1023;
    private const int LowestExponent = -1000;
    private const double DoublingsOfSixtyDecibels = 60 / DecibelsPerDoubling;

    /// <summary>Sine of an angle in turns.</summary>
    public static double Sine(double turns)
    {
        var turn = turns - Math.Round(turns);
        turn = turn > 0.25 ? 0.5 - turn : turn < -0.25 ? -0.5 - turn : turn;
        var angle = 2 * Math.PI * turn;
        var square = angle * angle;
        return angle * (1 + square * (-1 / 6.0 + square * (1 / 120.0 + square * (-1 / 5040.0
            + square * (1 / 362_880.0 + square * (-1 / 39_916_800.0 + square * (1 / 6_227_020_800.0)))))));
    }

    /// <summary>Tangent of an angle in turns, below a quarter.</summary>
    public static double Tangent(double turns) => Sine(turns) / Sine(turns + 0.25);

    /// <summary>2 to the power of <paramref name="exponent"/>, which is at most 1000; 0 below -1000.</summary>
    public static double PowerOfTwo(double exponent)
    {
        const double LogOfTwo = 0.6931471805599453;
        var whole = Math.Round(exponent);
        var rest = (exponent - whole) * LogOfTwo;
        var power = 1 + rest * (1 + rest * (1 / 2.0 + rest * (1 / 6.0 + rest * (1 / 24.0
            + rest * (1 / 120.0 + rest * (1 / 720.0 + rest * (1 / 5040.0 + rest * (1 / 40_320.0))))))));
        return whole < LowestExponent ? 0 : power * BitConverter.Int64BitsToDouble((long)(whole + ExponentBias) << MantissaBits);
    }

    /// <summary>Amplitude of a level in decibels: 0 dB is 1, -6 dB about a half.</summary>
    public static float Amplitude(double decibels) => (float)PowerOfTwo(decibels / DecibelsPerDoubling);

    /// <summary>Frequency in Hz of a MIDI pitch; 69 is A at 440 Hz.</summary>
    public static double Frequency(double pitch) => 440 * PowerOfTwo((pitch - 69) / 12);

    /// <summary>What is left of 1 after <paramref name="seconds"/> of a decay that loses 60 dB in <paramref name="sixtyDecibels"/> seconds.</summary>
    public static double Decay(double seconds, double sixtyDecibels) => PowerOfTwo(-DoublingsOfSixtyDecibels * seconds / sixtyDecibels);
}
