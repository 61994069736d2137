import { lowerBound, upperBound } from './binomial-bound';
import { KIND_WORDS, MOST_FALSE, percent } from './page';
import type { CalibrationReport, PowerRow } from './report';
import type { NullKind } from './null-markets';

const WIDTH = 760;
const LEFT = 235;
const RIGHT = 725;
const TOP = 34;
const ROW = 22;
const INK = '#333333';
const FAINT = '#d0d0d0';
const BEST = '#1f5fa8';
const ANY = '#b35900';
const LIMIT = '#c62828';

/** One mark with its interval, all as shares. */
interface Mark {
  at: number;
  from: number;
  to: number;
  colour: string;
  shape: 'dot' | 'square';
  says: string;
}

interface Row {
  label: string;
  marks: Mark[];
}

const escaped = (says: string): string =>
  says.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]!);

const text = (x: number, y: number, says: string, more = ''): string =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" fill="${INK}"${more && ` ${more}`}>${escaped(says)}</text>`;

/** Rows of shares along one axis from 0 to `most`, with a limit where there is one. An SVG document that needs nothing else. */
function intervals(
  title: string,
  rows: readonly Row[],
  {
    most,
    step,
    limit,
    legend,
  }: { most: number; step: number; limit?: number; legend: [string, string, Mark['shape']][] },
): string {
  const height = TOP + rows.length * ROW + 46;
  const xOf = (share: number): number => LEFT + (Math.min(share, most) / most) * (RIGHT - LEFT);
  const bottom = TOP + rows.length * ROW;
  const grid = Array.from({ length: Math.round(most / step) + 1 }, (_, i) => {
    const x = xOf(i * step);
    return `<line x1="${x.toFixed(1)}" x2="${x.toFixed(1)}" y1="${TOP}" y2="${bottom}" stroke="${FAINT}"/>${text(x, bottom + 14, percent(i * step, 0), 'text-anchor="middle"')}`;
  });
  const dashed =
    limit === undefined
      ? []
      : [
          `<line x1="${xOf(limit).toFixed(1)}" x2="${xOf(limit).toFixed(1)}" y1="${TOP}" y2="${bottom}" stroke="${LIMIT}" stroke-dasharray="5 3"/>`,
        ];
  const drawn = rows.flatMap(({ label, marks }, i) => [
    text(LEFT - 10, TOP + i * ROW + 13, label, 'text-anchor="end"'),
    ...marks.map((mark, k) => markOf(mark, TOP + i * ROW + (ROW * (k + 1)) / (marks.length + 1), xOf)),
  ]);
  const names = legend.map(([name, colour, shape], i) => {
    const [x, y] = [LEFT + i * 165, height - 10];
    return `${symbol(shape, x, y - 4, colour)}${text(x + 9, y, name)}`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" font-family="system-ui, sans-serif" font-size="11">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    text(10, 18, title, 'font-size="13" font-weight="600"'),
    ...[...grid, ...dashed, ...drawn, ...names],
    '</svg>\n',
  ].join('\n');
}

const symbol = (shape: Mark['shape'], x: number, y: number, colour: string): string =>
  shape === 'dot'
    ? `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="3.5" fill="${colour}"/>`
    : `<rect x="${(x - 3).toFixed(1)}" y="${(y - 3).toFixed(1)}" width="6" height="6" fill="${colour}"/>`;

function markOf({ at, from, to, colour, shape, says }: Mark, y: number, xOf: (share: number) => number): string {
  const [x1, x2] = [xOf(from), xOf(to)].map((x) => x.toFixed(1));
  return `<g><title>${escaped(says)}</title><line x1="${x1}" x2="${x2}" y1="${y.toFixed(1)}" y2="${y.toFixed(1)}" stroke="${colour}" stroke-width="1.5"/>${symbol(shape, xOf(at), y, colour)}</g>`;
}

const TO_BOUND = 'up to the 95 % bound';
/** Steps of the axis: of shares that are near the limit, and of any. */
const STEPS = { near: 0.02, any: 0.1 } as const;

/** Shares of false promotions up to their upper bounds. */
export function nullsPicture({ nulls }: CalibrationReport): string {
  const rows = nulls.map(({ kind, trials, share, upper95, any }): Row => {
    const mark = (
      what: string,
      of: { share: number; upper95: number },
      colour: string,
      shape: Mark['shape'],
    ): Mark => ({
      ...{ at: of.share, from: of.share, to: of.upper95, colour, shape },
      says: `${what}: ${percent(of.share)}, ${TO_BOUND} ${percent(of.upper95)}`,
    });
    return {
      label: `${KIND_WORDS[kind as NullKind]}, ${trials}`,
      marks: [mark('best', { share, upper95 }, BEST, 'dot'), mark('all', any, ANY, 'square')],
    };
  });
  const highest = Math.max(MOST_FALSE, ...nulls.flatMap(({ upper95, any }) => [upper95, any.upper95]));
  const step = highest <= 2 * MOST_FALSE ? STEPS.near : STEPS.any;
  return intervals('Promoted without an edge, by market and number of trials', rows, {
    ...{ most: Math.ceil(highest / step + 0.01) * step, step, limit: MOST_FALSE },
    legend: [
      ['best submitted', BEST, 'dot'],
      ['all submitted', ANY, 'square'],
    ],
  });
}

/** Shares of edges that are found, with their intervals. */
export function powerPicture({ power }: CalibrationReport): string {
  const rows = power.map(({ shape, ir, share, promoted, markets }: PowerRow): Row => {
    const [from, to] = [lowerBound(promoted, markets), upperBound(promoted, markets)];
    const says = `${percent(share)}, 5 to 95 %: ${percent(from)} to ${percent(to)}`;
    return { label: `${shape}, ${ir.toFixed(1)}`, marks: [{ at: share, from, to, colour: BEST, shape: 'dot', says }] };
  });
  return intervals('Found and promoted, by search and information ratio', rows, {
    ...{ most: 1, step: 0.2 },
    legend: [['found, with 5 to 95 % bounds', BEST, 'dot']],
  });
}
