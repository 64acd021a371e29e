using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace MusicRec.Cli;

/// <summary>Options with numbers in invariant culture and within stated ranges; anything else is wrong usage.</summary>
internal static class Numbers
{
    public static Option<int> Whole(string name, string description, int defaultValue, int least = 1, int most = int.MaxValue) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => defaultValue,
        CustomParser = argument =>
        {
            var text = argument.Tokens[0].Value;
            return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
                ? value
                : Refuse<int>(argument, $"{name}: '{text}' is not a whole number {Range(least, most == int.MaxValue ? null : most)}.");
        },
    };

    public static Option<double> Real(string name, string description, double defaultValue, double least, double most) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => defaultValue,
        CustomParser = argument =>
        {
            var text = argument.Tokens[0].Value;
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
                ? value
                : Refuse<double>(argument, $"{name}: '{text}' is not a number {Range(least, most)}.");
        },
    };

    public static Option<int[]> List(string name, string description, IReadOnlyList<int> defaultValue, int most) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => [.. defaultValue],
        Arity = ArgumentArity.ExactlyOne,
        CustomParser = argument =>
        {
            var values = argument.Tokens[0].Value.Split(',')
                .Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0)
                .ToArray();
            return values.All(value => value >= 1 && value <= most)
                ? values
                : Refuse<int[]>(argument, $"{name}: '{argument.Tokens[0].Value}' is not a list of whole numbers {Range(1, most)} with commas between.");
        },
    };

    private static string Range(double least, double? most) => most is null
        ? string.Create(CultureInfo.InvariantCulture, $"of {least} or more")
        : string.Create(CultureInfo.InvariantCulture, $"from {least} to {most}");

    private static T? Refuse<T>(ArgumentResult argument, string message)
    {
        argument.AddError(message);
        return default;
    }
}
