namespace MusicRec.Genres.Training;

/// <summary>
/// Names in the cells of a table that a spreadsheet may open: one that begins like a formula gets an apostrophe in front, which
/// spreadsheets take for "this is text". Reading takes it away again, so that no name changes on the way.
/// </summary>
public static class CellText
{
    private const char Guard = '\'';

    /// <summary>What begins a formula, or what spreadsheets skip before one; wide forms as Korean and Japanese ones read them.</summary>
    private const string FormulaStarts = "=+-@\t\r\n＝＋－＠";

    /// <summary>The cell for a text.</summary>
    public static string Write(string text) => IsFormula(text) ? Guard + text : text;

    /// <summary>The text of a cell.</summary>
    public static string Read(string cell) => cell.StartsWith(Guard) && IsFormula(cell) ? cell[1..] : cell;

    /// <summary>Also what is guarded already: else a name that has an apostrophe of its own would lose it.</summary>
    private static bool IsFormula(string text) => text.AsSpan().TrimStart(Guard) is [var first, ..] && FormulaStarts.Contains(first, StringComparison.Ordinal);
}
