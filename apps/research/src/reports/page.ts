import { SHADES } from './heatmap-picture';
import { html, Markup, type Content } from './markup';

/** From nearly the page to the full colour. */
const HEAT = Array.from({ length: SHADES }, (_, shade) => `.h${shade} { --shade: ${Math.round(8 + (shade / (SHADES - 1)) * 92)}%; }`).join(' '); // prettier-ignore

/** Dark only on a screen: paper is white. */
const STYLE = `
:root { color-scheme: light; --text: #1a1a1a; --page: #fff; --dim: #555; --rule: #e2e2e2; --edge: #ccc; --axis: #888; --yes: #1d6b34; --no: #a3210e; --train: #c9d3df;
  --c0: #1f5fa8; --c1: #b4530a; --c2: #4a7a2c; --c3: #7a3f98; --c4: #6f6f6f; --c5: #006d77; }
@media screen and (prefers-color-scheme: dark) { :root { color-scheme: dark; --text: #e8e8e8; --page: #15181b; --dim: #a9b0b8; --rule: #2f353b; --edge: #454c54; --axis: #8b939b; --yes: #76d191; --no: #ff9a86; --train: #41505f;
  --c0: #7db3f2; --c1: #f0a35e; --c2: #9ccf72; --c3: #cf9be8; --c4: #b4b9be; --c5: #5fc9cf; } }
body { font: 14px/1.45 system-ui, sans-serif; color: var(--text); background: var(--page); max-width: 960px; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; overflow-wrap: anywhere; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; border-bottom: 1px solid var(--edge); } h3 { font-size: 1rem; margin: 1.2rem 0 .4rem; } p, li, th, td { overflow-wrap: break-word; } .when { white-space: nowrap; }
.conclusion { font-size: 1.1rem; font-weight: 600; } .dim, .why { color: var(--dim); } .why { white-space: normal; } code { font-size: .85em; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: 13px; } th, td { text-align: left; vertical-align: top; padding: 4px 8px 4px 0; border-bottom: 1px solid var(--rule); }
th.n, td.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; padding-left: 4px; } td.n + td:not(.n), th.n + th:not(.n) { padding-left: 12px; } .named td:first-child, .named th:first-child { min-width: 7rem; } .dense table { font-size: 11.5px; } .dense th, .dense td { padding: 3px 2px; } .tint { display: block; padding: 0 2px; border-radius: 2px; } .yes, .no { white-space: nowrap; } .yes { color: var(--yes); font-weight: 600; } .no { color: var(--no); font-weight: 600; }
figure { margin: .8rem 0; } figure > svg { display: block; width: 100%; height: auto; overflow: visible; } figcaption { font-size: 12px; color: var(--dim); } .key { white-space: nowrap; margin-right: .6em; }
svg text { font: 10px system-ui, sans-serif; fill: var(--dim); paint-order: stroke; stroke: var(--page); stroke-width: 3px; } .grid { stroke: var(--rule); } .axis { stroke: var(--axis); } .mark { stroke: var(--no); stroke-dasharray: 4 3; } .train { fill: var(--train); } .test { fill: var(--c0); }
.c0 { --line: var(--c0); } .c1 { --line: var(--c1); } .c2 { --line: var(--c2); } .c3 { --line: var(--c3); } .c4 { --line: var(--c4); } .c5 { --line: var(--c5); } .line { fill: none; stroke: var(--line); stroke-width: 1.4; } .area { fill: var(--line); fill-opacity: .18; }
.span { fill: var(--train); fill-opacity: .35; } .edge { stroke: var(--axis); stroke-dasharray: 1 3; } .strip { display: block; width: auto; } .half { fill: var(--c0); fill-opacity: .3; } .tick { stroke: var(--c0); stroke-width: 1.6; }
.heat { fill: color-mix(in srgb, var(--c0) var(--shade), var(--page)); } ${HEAT}  .on-field { fill: var(--text); } .halo { fill: none; stroke: var(--page); stroke-width: 5; } .framed { fill: none; stroke: var(--text); stroke-width: 2; } .dot { fill: var(--text); }
.above { fill: var(--c0); } .below { fill: var(--c1); } .wick { stroke: var(--dim); } .hollow { fill: var(--page); stroke: var(--dim); stroke-width: .8; } .full { fill: var(--dim); stroke: var(--dim); stroke-width: .8; } .buy { fill: var(--c0); } .sell { fill: var(--c1); } .buy, .sell { stroke: var(--page); stroke-width: .7; }
@media screen and (max-width: 600px) { body { margin: 1rem auto; } table { font-size: 12px; } th.n { white-space: normal; } .prose table { min-width: 640px; } svg text { font-size: 17px; } svg .on-field { display: none; } }
@media print { body { margin: 0; max-width: none; font-size: 11px; } table { font-size: 10px; } .dense table { font-size: 8.5px; } th.n { white-space: normal; } h2, h3 { break-after: avoid; } figure, tr { break-inside: avoid; } .scroll { overflow: visible; } a { color: inherit; } .above, .below, .train, .test, .tint, .span, .heat, .half { print-color-adjust: exact; } }`;

/** One page of HTML without a script, a style or a picture from elsewhere. */
export function pageOf(title: string, body: Content): string {
  const page = html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>${title}</title>
      <style>
        ${new Markup(STYLE)}
      </style>
    </head>
    <body>
      <main>
        <h1>${title}</h1>
        ${body}
      </main>
    </body>
  </html> `;
  return `<!doctype html>\n${page.text}`;
}
