namespace MusicRec.Browser.Tests;

/// <summary>
/// Languages and screens in which a flow is walked: those named, or with <c>MUSICREC_ALL_LOOKS=1</c> both languages on both screens.
/// Whatever the flow's screen, what it looks at with <see cref="Visitor.AssertPleasantAsync"/> is looked at on both.
/// </summary>
public abstract class Looks : TheoryData<string, bool>
{
    private static readonly (string Culture, bool Phone)[] All = [("ko", false), ("ko", true), ("en", false), ("en", true)];

    protected Looks(params (string Culture, bool Phone)[] usual)
    {
        foreach (var (culture, phone) in Environment.GetEnvironmentVariable("MUSICREC_ALL_LOOKS") == "1" ? All : usual)
        {
            Add(culture, phone);
        }
    }
}

/// <summary>Korean at a desk, English on a phone.</summary>
public sealed class KoreanDesk() : Looks(("ko", false), ("en", true));

/// <summary>Korean on a phone, English at a desk.</summary>
public sealed class KoreanPhone() : Looks(("ko", true), ("en", false));

/// <summary>Korean at a desk: for what is the same in every language and on every screen.</summary>
public sealed class Once() : Looks(("ko", false));
