import { figureText, timeText } from './figures';
import { levelLines } from './line-picture';
import { html, type Markup } from './markup';
import { isNumber, LEFT, levelsBetween, RIGHT, spread, WIDTH } from './scale';

interface Bars {
  /** One a bar; null where it is undefined. */
  values: readonly (number | null)[];
  nameOf: (index: number) => string;
  /** A level that is marked, by what it is. */
  mark?: { value: number; name: string };
}

/** A bar a value from the line of 0. Undefined where no value is defined. */
export function barPicture(label: string, { values, nameOf, mark }: Bars): Markup | undefined {
  const defined = values.filter(isNumber);
  if (defined.length === 0) return undefined;
  const height = 170;
  const [low, high] = spread([0, ...defined, ...(mark ? [mark.value] : [])]);
  const y = (value: number): number => 10 + ((high - value) / (high - low)) * (height - 40);
  const step = (RIGHT - LEFT) / values.length;
  const bars = values.map((value, i) => {
    const [x, middle] = [LEFT + i * step + step * 0.15, LEFT + (i + 0.5) * step];
    const name = html`<text x="${middle.toFixed(1)}" y="${height - 4}" text-anchor="middle">${nameOf(i)}</text>`;
    if (!isNumber(value)) return name;
    const [top, bottom] = [y(Math.max(0, value)), y(Math.min(0, value))];
    return html`<rect
        x="${x.toFixed(1)}"
        y="${top.toFixed(1)}"
        width="${(step * 0.7).toFixed(1)}"
        height="${Math.max(0.5, bottom - top).toFixed(1)}"
        class="${value < 0 ? 'below' : 'above'}"
        ><title>${nameOf(i)}: ${figureText(value)}</title></rect
      >${name}`;
  });
  return html`<figure>
    <svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${label}">
      ${levelLines(levelsBetween(low, high), y, figureText)} ${bars}
      <line x1="${LEFT}" x2="${RIGHT}" y1="${y(0).toFixed(1)}" y2="${y(0).toFixed(1)}" class="axis" />
      ${mark && html`<line x1="${LEFT}" x2="${RIGHT}" y1="${y(mark.value).toFixed(1)}" y2="${y(mark.value).toFixed(1)}" class="mark" /><text x="${RIGHT}" y="${(y(mark.value) - 4).toFixed(1)}" text-anchor="end">${mark.name} ${figureText(mark.value)}</text>`}
    </svg>
    <figcaption>${label}.</figcaption>
  </figure>`;
}

export interface SpanRow {
  name: string;
  train: readonly [string, string][];
  test: readonly [string, string][];
}

/** On which time each fold or split was fitted, and on which it was judged. Undefined without any. */
export function spansPicture(label: string, rows: readonly SpanRow[]): Markup | undefined {
  const times = rows.flatMap(({ train, test }) => [...train, ...test].flat()).map((time) => Date.parse(time));
  if (times.length === 0) return undefined;
  const [from, to] = spread(times);
  const height = rows.length * 16 + 18;
  const x = (time: string): number => LEFT + ((Date.parse(time) - from) / (to - from)) * (RIGHT - LEFT);
  const block = ([start, end]: readonly [string, string], row: number, kind: string): Markup =>
    html`<rect
      x="${x(start).toFixed(1)}"
      y="${row * 16 + 3}"
      width="${Math.max(1, x(end) - x(start)).toFixed(1)}"
      height="10"
      class="${kind}"
    />`;
  return html`<figure>
    <svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${label}">
      ${rows.map(({ name, train, test }, row) => html`<text x="0" y="${row * 16 + 12}">${name}</text>${train.map((span) => block(span, row, 'train'))}${test.map((span) => block(span, row, 'test'))}`)}
      <text x="${LEFT}" y="${height - 4}">${timeText(new Date(from).toISOString())}</text>
      <text x="${RIGHT}" y="${height - 4}" text-anchor="end">${timeText(new Date(to).toISOString())}</text>
    </svg>
    <figcaption>
      ${label}.
      <span class="key"
        ><svg viewBox="0 0 24 8" width="24" height="8" aria-hidden="true">
          <rect width="24" height="8" class="train" />
        </svg>
        fitted on</span
      >
      <span class="key"
        ><svg viewBox="0 0 24 8" width="24" height="8" aria-hidden="true">
          <rect width="24" height="8" class="test" />
        </svg>
        judged on</span
      >
    </figcaption>
  </figure>`;
}

interface NamedValue {
  name: string;
  value: number;
}

const ROW = 20;
const NAMES = 116;
const LONGEST_NAME = 14;

/** A row a value, its bar to the right or left of 0, with the value beside it. Undefined without any. */
export function rowPicture(
  label: string,
  rows: readonly NamedValue[],
  text: (value: number) => string,
): Markup | undefined {
  if (rows.length === 0) return undefined;
  const [low, high] = spread([0, ...rows.map(({ value }) => value)]);
  // room for the texts beyond the longest bars
  const [from, to] = [NAMES + (low < 0 ? 72 : 4), RIGHT - 72];
  const xOf = (value: number): number => from + ((value - low) / (high - low)) * (to - from);
  const height = rows.length * ROW + 4;
  const cut = (name: string): string => {
    const signs = [...name];
    return signs.length > LONGEST_NAME ? `${signs.slice(0, LONGEST_NAME - 1).join('')}…` : name;
  };
  return html`<figure>
    <svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${label}">
      ${rows.map(({ name, value }, row) => {
        const [left, right] = [xOf(Math.min(0, value)), xOf(Math.max(0, value))];
        const y = row * ROW;
        return html`<text x="0" y="${y + 14}">${cut(name)}</text
          ><rect
            x="${left.toFixed(1)}"
            y="${y + 4}"
            width="${Math.max(0.5, right - left).toFixed(1)}"
            height="12"
            class="${value < 0 ? 'below' : 'above'}"
            ><title>${name}: ${text(value)}</title></rect
          ><text
            x="${(value < 0 ? left - 4 : right + 4).toFixed(1)}"
            y="${y + 14}"
            text-anchor="${value < 0 ? 'end' : 'start'}"
            >${text(value)}</text
          >`;
      })}
      <line x1="${xOf(0).toFixed(1)}" x2="${xOf(0).toFixed(1)}" y1="0" y2="${height}" class="axis" />
    </svg>
    <figcaption>${label}.</figcaption>
  </figure>`;
}
