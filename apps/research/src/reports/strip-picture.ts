import { html, type Markup } from './markup';

const [WIDTH, HEIGHT, ROOM] = [132, 16, 5];

/**
 * Values as marks on a line from the least to the greatest, the middle half as a bar: for a cell of a table, the numbers of which say the same.
 * Undefined without a value.
 */
export function stripPicture(values: readonly number[], q25: number, q75: number): Markup | undefined {
  if (values.length === 0) return undefined;
  const [least, greatest] = [Math.min(...values), Math.max(...values)];
  const xOf = (value: number): number =>
    greatest > least ? ROOM + ((value - least) / (greatest - least)) * (WIDTH - 2 * ROOM) : WIDTH / 2;
  const [left, right] = [xOf(q25), xOf(q75)];
  return html`<svg
    class="strip"
    viewBox="0 0 ${WIDTH} ${HEIGHT}"
    width="${WIDTH}"
    height="${HEIGHT}"
    aria-hidden="true"
  >
    <line x1="${ROOM}" x2="${WIDTH - ROOM}" y1="8" y2="8" class="axis" />
    <rect x="${left.toFixed(1)}" y="5" width="${Math.max(1, right - left).toFixed(1)}" height="6" class="half" />
    ${values.map((value) => html`<line x1="${xOf(value).toFixed(1)}" x2="${xOf(value).toFixed(1)}" y1="1" y2="15" class="tick" />`)}
  </svg>`;
}
