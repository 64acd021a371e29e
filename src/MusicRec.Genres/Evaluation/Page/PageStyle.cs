namespace MusicRec.Genres.Evaluation.Page;

/// <summary>The style of a report; follows the reader's light or dark scheme.</summary>
internal static class PageStyle
{
    public static HtmlText Css { get; } = new HtmlText().Line($$"""
        :root { color-scheme: light dark; --ink: light-dark(#1d2430, #e6e9ef); --paper: light-dark(#fff, #14181f);
          --soft: light-dark(#5a6473, #a3adbb); --rule: light-dark(#d9dee6, #323a46); --accent: light-dark(#1f5fbf, #7fb0ff); --warn: light-dark(#a32014, #ff9d92); }
        body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
        main { max-width: 82rem; margin: 0 auto; padding: 1.5rem; }
        h2 { margin-top: 2.5rem; border-top: 1px solid var(--rule); padding-top: 1.5rem; }
        .headline { border-left: 4px solid var(--accent); padding: .5rem 1rem; margin: 0; }
        .headline.leak { border-color: var(--warn); color: var(--warn); font-weight: 600; }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.5rem; }
        dt { color: var(--soft); }
        dd { margin: 0; overflow-wrap: anywhere; }
        .scroll { overflow-x: auto; margin: 1rem 0; }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
        caption { text-align: left; color: var(--soft); padding-bottom: .5rem; }
        th, td { padding: .3rem .8rem .3rem 0; border-bottom: 1px solid var(--rule); text-align: left; vertical-align: top; font-weight: 400; }
        thead th { color: var(--soft); vertical-align: bottom; }
        tbody th { min-width: 8rem; overflow-wrap: break-word; }
        tbody td { min-width: 4.5rem; text-wrap: balance; }
        .confusion td { min-width: 0; background: color-mix(in srgb, var(--accent) var(--share, 0%), transparent); text-align: center; padding: .3rem .6rem; }
        .charts { display: flex; flex-wrap: wrap; gap: 1rem; }
        svg { max-width: 100%; height: auto; }
        svg text { fill: var(--ink); font-size: 12px; }
        .grid { stroke: var(--rule); }
        .curve { fill: none; stroke: var(--accent); stroke-width: 2; }
        .ideal { fill: none; stroke: var(--soft); stroke-dasharray: 5 4; }
        .band { fill: var(--accent); opacity: .2; }
        .bar { fill: var(--accent); opacity: .6; }
        .dot { fill: var(--accent); }
        .whisker { stroke: var(--ink); stroke-width: 2; }
        pre { overflow-x: auto; padding: 1rem; border: 1px solid var(--rule); }
        """);
}
