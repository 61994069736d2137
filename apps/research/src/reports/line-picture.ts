import { figureText, timeText } from './figures';
import { html, type Markup } from './markup';
import { isNumber, LEFT, levelsBetween, RIGHT, spread, timeMarks, WIDTH } from './scale';

interface Line {
  name: string;
  /** One value a time; null is a gap. */
  values: readonly (number | null)[];
}

export interface LineOptions {
  /** Places of the times, rising; default: evenly apart. */
  at?: readonly number[];
  text?: (level: number) => string;
  height?: number;
  /** The first line is filled down, or up, to 0. */
  filled?: boolean;
}

const COLOURS = 6;
/** Told apart in print and without colours too. */
const DASHES = ['', '6 3', '2 2', '8 2 2 2'];
const TOP = 8;
const BELOW = 24;

const stroke = (i: number): Markup => {
  const dash = DASHES[i % DASHES.length]!;
  return html`class="line c${i % COLOURS}"${dash === '' ? null : html` stroke-dasharray="${dash}"`}`;
};

/** Lines over the same times, with what they are called beneath. Undefined where no line has a value. */
export function linePicture(
  label: string,
  times: readonly string[],
  lines: readonly Line[],
  { at = times.map((_, i) => i), text = figureText, height = 220, filled = false }: LineOptions = {},
): Markup | undefined {
  const all = lines.flatMap(({ values }) => values.filter(isNumber));
  if (all.length === 0 || times.length < 2) return undefined;
  const [low, high] = spread(filled ? [...all, 0] : all);
  const [first, last] = [at[0]!, at.at(-1)!];
  const xOf = (i: number): number => LEFT + ((at[i]! - first) / (last - first)) * (RIGHT - LEFT);
  const yOf = (value: number): number => TOP + ((high - value) / (high - low)) * (height - TOP - BELOW);
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
        return `${command}${xOf(i).toFixed(1)} ${yOf(value).toFixed(1)}`;
      })
      .join('');
  };
  // down to 0 beneath the line's own ends
  const area = (values: Line['values']): Markup => {
    const ends = [values.findLastIndex(isNumber), values.findIndex(isNumber)];
    const below = ends.map((i) => `L${xOf(i).toFixed(1)} ${yOf(0).toFixed(1)}`).join('');
    return html`<path d="${path(values)}${below}Z" class="area c0" />`;
  };
  return html`<figure>
    <svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${label}">
      ${levelLines(levelsBetween(low, high), yOf, text)}${filled && lines[0] ? area(lines[0].values) : null}
      ${lines.map(({ values }, i) => html`<path d="${path(values)}" ${stroke(i)} />`)} ${timeTexts(times, xOf, height)}
    </svg>
    <figcaption>
      ${label}.
      ${lines.map(
        ({ name }, i) =>
          html`<span class="key"
            ><svg viewBox="0 0 24 8" width="24" height="8" aria-hidden="true">
              <path d="M0 4H24" ${stroke(i)} />
            </svg>
            ${name}</span
          > `,
      )}
    </figcaption>
  </figure>`;
}

export const levelLines = (
  levels: readonly number[],
  yOf: (level: number) => number,
  text: (level: number) => string,
): Markup[] =>
  levels.map((level) => {
    const y = yOf(level);
    return html`<line x1="${LEFT}" x2="${RIGHT}" y1="${y.toFixed(1)}" y2="${y.toFixed(1)}" class="grid" /><text
        x="${LEFT - 6}"
        y="${(y + 3).toFixed(1)}"
        text-anchor="end"
        >${text(level)}</text
      >`;
  });

export const timeTexts = (times: readonly string[], xOf: (i: number) => number, height: number): Markup[] =>
  timeMarks(times.map(timeText), xOf).map(
    ({ x, text, anchor }) => html`<text x="${x.toFixed(1)}" y="${height - 4}" text-anchor="${anchor}">${text}</text>`,
  );
