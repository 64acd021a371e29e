using System.Globalization;

namespace MusicRec.Genres.Evaluation.Page;

/// <summary>A drawing area with two scales, in SVG without scripts; its colours come from the page's style.</summary>
internal sealed class SvgChart
{
    private const int Left = 52;
    private const int Bottom = 40;
    private const int Top = 12;
    private const int Right = 14;

    private readonly HtmlText _html = new();
    private readonly int _width;
    private readonly int _height;
    private readonly double _mostX;
    private readonly double _mostY;

    /// <summary>An empty drawing with axes from 0.</summary>
    public SvgChart(string description, int width, int height, double mostX, double mostY)
    {
        (_width, _height, _mostX, _mostY) = (width, height, mostX, mostY);
        _html.Line($"<svg role=\"img\" aria-label=\"{description}\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\">");
    }

    /// <summary>Lines and numbers along an axis, and its name.</summary>
    public SvgChart Axes(string nameX, IReadOnlyList<double> ticksX, string nameY, IReadOnlyList<double> ticksY, string format)
    {
        foreach (var tick in ticksX)
        {
            _html.Line($"<line class=\"grid\" x1=\"{X(tick)}\" y1=\"{Y(0)}\" x2=\"{X(tick)}\" y2=\"{Y(_mostY)}\"/>");
            _html.Line($"<text x=\"{X(tick)}\" y=\"{_height - Bottom + 15}\" text-anchor=\"middle\">{tick}</text>");
        }

        foreach (var tick in ticksY)
        {
            _html.Line($"<line class=\"grid\" x1=\"{X(0)}\" y1=\"{Y(tick)}\" x2=\"{X(_mostX)}\" y2=\"{Y(tick)}\"/>");
            _html.Line($"<text x=\"{Left - 6}\" y=\"{Y(tick)}\" dy=\"4\" text-anchor=\"end\">{tick.ToString(format, CultureInfo.InvariantCulture)}</text>");
        }

        _html.Line($"<text x=\"{(Left + _width - Right) / 2}\" y=\"{_height - 6}\" text-anchor=\"middle\">{nameX}</text>");
        _html.Line($"<text transform=\"translate(12 {(Top + _height - Bottom) / 2}) rotate(-90)\" text-anchor=\"middle\">{nameY}</text>");
        return this;
    }

    /// <summary>A line through points.</summary>
    public SvgChart Curve(string style, IEnumerable<(double X, double Y)> points)
    {
        _html.Line($"<polyline class=\"{style}\" points=\"{Points(points)}\"/>");
        return this;
    }

    /// <summary>The area between two curves over the same places.</summary>
    public SvgChart Band(IReadOnlyList<(double X, double Low, double High)> places)
    {
        var outline = places.Select(place => (place.X, place.Low)).Concat(places.Reverse().Select(place => (place.X, place.High)));
        _html.Line($"<polygon class=\"band\" points=\"{Points(outline)}\"/>");
        return this;
    }

    /// <summary>A dot with a radius in pixels and a text for the pointer.</summary>
    public SvgChart Dot(double x, double y, double radius, string title)
    {
        _html.Line($"<circle class=\"dot\" cx=\"{X(x)}\" cy=\"{Y(y)}\" r=\"{Pixels(radius)}\"><title>{title}</title></circle>");
        return this;
    }

    public HtmlText End() => _html.Line($"</svg>");

    private string Points(IEnumerable<(double X, double Y)> points) => string.Join(' ', points.Select(point => $"{X(point.X)},{Y(point.Y)}"));

    private string X(double value) => Pixels(Left + value / _mostX * (_width - Left - Right));

    private string Y(double value) => Pixels(_height - Bottom - value / _mostY * (_height - Bottom - Top));

    private static string Pixels(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
