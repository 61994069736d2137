import { figureText } from './figures';
import { levelLines } from './line-picture';
import { html, type Markup } from './markup';
import { LEFT, levelsBetween, RIGHT, WIDTH } from './scale';

/** Counts between edges that are evenly apart; the outer two are open. */
export interface OpenHistogram {
  edges: readonly number[];
  /** One more than the edges; a value at an edge counts in the bin below it. */
  counts: readonly number[];
}

const HEIGHT = 190;
const [TOP, BELOW] = [22, 24];

/** A bar a bin. Those up to `split`, which is an edge, are told from those above by a line and by their names. Undefined without a count. */
export function histogramPicture(
  label: string,
  { edges, counts }: OpenHistogram,
  split: { at: number; below: string; above: string },
): Markup | undefined {
  const most = Math.max(...counts);
  if (!(most > 0)) return undefined;
  const step = (RIGHT - LEFT) / counts.length;
  const yOf = (count: number): number => TOP + (1 - count / most) * (HEIGHT - TOP - BELOW);
  const edgeX = (i: number): number => LEFT + (i + 1) * step;
  const nameOf = (bin: number): string =>
    bin === 0
      ? `up to ${edges[0]}`
      : bin === edges.length
        ? `above ${edges.at(-1)}`
        : `above ${edges[bin - 1]} up to ${edges[bin]}`;
  const middleEdge = edges.indexOf(split.at);
  const middle = edgeX(middleEdge);
  const bars = counts.map((count, bin) => {
    if (count === 0) return null;
    const isBelow = bin <= middleEdge;
    return html`<rect
      x="${(LEFT + bin * step + 1).toFixed(1)}"
      y="${yOf(count).toFixed(1)}"
      width="${(step - 2).toFixed(1)}"
      height="${Math.max(0.5, HEIGHT - BELOW - yOf(count)).toFixed(1)}"
      class="${isBelow ? 'below' : 'above'}"
      ><title>${nameOf(bin)}: ${figureText(count)}</title></rect
    >`;
  });
  const every = Math.ceil(edges.length / 7);
  const texts = edges.map((edge, i) =>
    (i - middleEdge) % every === 0
      ? html`<text x="${edgeX(i).toFixed(1)}" y="${HEIGHT - 6}" text-anchor="middle">${edge}</text>`
      : null,
  );
  return html`<figure>
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}">
      ${levelLines(levelsBetween(0, most), yOf, figureText)} ${bars} ${texts}
      <line x1="${middle.toFixed(1)}" x2="${middle.toFixed(1)}" y1="4" y2="${HEIGHT - BELOW}" class="axis" />
      <text x="${(middle - 6).toFixed(1)}" y="14" text-anchor="end">${split.below}</text>
      <text x="${(middle + 6).toFixed(1)}" y="14">${split.above}</text>
    </svg>
    <figcaption>${label}. The outer bars hold everything beyond ${edges[0]} and ${edges.at(-1)}.</figcaption>
  </figure>`;
}
