import { figureText, timeText } from './figures';
import { html, type Markup } from './markup';

const WIDTH = 720;
const LEFT = 64;
const RIGHT = WIDTH - 8;
/** Told apart in print too: by dashes where colours end. */
const COLOURS = ['#1f5fa8', '#b4530a', '#4a7a2c', '#7a3f98', '#8a8a8a', '#006d77'];

interface Line {
  name: string;
  /** One value a time; null is a gap. */
  values: readonly (number | null)[];
}

const spread = (values: readonly number[]): [number, number] => {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low < high ? [low, high] : [low - 1, high + 1];
};
const isNumber = (value: number | null): value is number => value !== null && Number.isFinite(value);

/** Lines over the same times, with what they are called beneath. Undefined where no line has a value. */
export function linePicture(label: string, times: readonly string[], lines: readonly Line[]): Markup | undefined {
  const all = lines.flatMap(({ values }) => values.filter(isNumber));
  if (all.length === 0 || times.length < 2) return undefined;
  const height = 220;
  const [low, high] = spread(all);
  const x = (i: number): string => (LEFT + (i / (times.length - 1)) * (RIGHT - LEFT)).toFixed(1);
  const y = (value: number): string => (8 + ((high - value) / (high - low)) * (height - 32)).toFixed(1);
  const path = (values: Line['values']): string => {
    let isOpen = false;
    return values
      .map((value, i) => {
        if (!isNumber(value)) {
          isOpen = false;
          return '';
        }
        const command = isOpen ? 'L' : 'M';
        isOpen = true;
        return `${command}${x(i)} ${y(value)}`;
      })
      .join('');
  };
  const levels = [low, (low + high) / 2, high];
  return html`<figure>
    <svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${label}">
      ${levels.map((level) => html`<line x1="${LEFT}" x2="${RIGHT}" y1="${y(level)}" y2="${y(level)}" class="grid" /><text x="${LEFT - 6}" y="${Number(y(level)) + 3}" text-anchor="end">${figureText(level)}</text>`)}
      ${lines.map(({ values }, i) => html`<path d="${path(values)}" fill="none" stroke="${COLOURS[i % COLOURS.length]}" stroke-width="1.4" ${dashes(i)} />`)}
      <text x="${LEFT}" y="${height - 4}">${timeText(times[0])}</text>
      <text x="${RIGHT}" y="${height - 4}" text-anchor="end">${timeText(times.at(-1))}</text>
    </svg>
    <figcaption>
      ${label}.
      ${lines.map(
        ({ name }, i) =>
          html`<span class="key"
            ><svg viewBox="0 0 24 8" width="24" height="8" aria-hidden="true">
              <line
                x1="0"
                x2="24"
                y1="4"
                y2="4"
                stroke="${COLOURS[i % COLOURS.length]}"
                stroke-width="2"
                ${dashes(i)}
              />
            </svg>
            ${name}</span
          > `,
      )}
    </figcaption>
  </figure>`;
}

const DASHES = ['', '6 3', '2 2', '8 2 2 2'];
const dashes = (i: number): Markup => {
  const dash = DASHES[i % DASHES.length]!;
  return dash === '' ? html`` : html` stroke-dasharray="${dash}"`;
};

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
        fill="${value < 0 ? COLOURS[1] : COLOURS[0]}"
        ><title>${nameOf(i)}: ${figureText(value)}</title></rect
      >${name}`;
  });
  const level = (value: number, name: Markup | string, kind: string): Markup =>
    html`<line
        x1="${LEFT}"
        x2="${RIGHT}"
        y1="${y(value).toFixed(1)}"
        y2="${y(value).toFixed(1)}"
        class="${kind}"
      /><text x="${LEFT - 6}" y="${(y(value) + 3).toFixed(1)}" text-anchor="end">${name}</text>`;
  return html`<figure>
    <svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${label}">
      ${bars}
      ${level(0, '0', 'axis')}${[low, high].filter((value) => value !== 0).map((value) => level(value, figureText(value), 'grid'))}
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
