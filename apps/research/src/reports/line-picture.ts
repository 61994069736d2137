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
  /** Stretches that are shaded, by name; they follow one another. */
  spans?: readonly Span[];
  /** A place that is marked, by what it is. */
  moment?: { at: number; name: string };
  /** Follows the label. */
  note?: string;
}

/** In the places of the times. */
export interface Span {
  name: string;
  from: number;
  to: number;
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
  options: LineOptions = {},
): Markup | undefined {
  const { at = times.map((_, i) => i), text = figureText, height = 220, filled = false } = options;
  const { spans = [], moment, note } = options;
  const all = lines.flatMap(({ values }) => values.filter(isNumber));
  if (all.length === 0 || times.length < 2) return undefined;
  const [low, high] = spread(filled ? [...all, 0] : all);
  const [first, last] = [at[0]!, at.at(-1)!];
  const xAt = (place: number): number => {
    const share = (place - first) / (last - first);
    return LEFT + Math.min(1, Math.max(0, share)) * (RIGHT - LEFT);
  };
  const xOf = (i: number): number => xAt(at[i]!);
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
      ${spans.map((span, i) => spanMark(span, xAt, height, i === spans.length - 1))}
      ${levelLines(levelsBetween(low, high), yOf, text)}${filled && lines[0] ? area(lines[0].values) : null}
      ${lines.map(({ values }, i) => html`<path d="${path(values)}" ${stroke(i)} />`)} ${timeTexts(times, xOf, height)}
      ${moment && momentMark(moment, xAt, height)}
    </svg>
    <figcaption>
      ${label}. ${note}
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

/** A tint between two lines, with its name on top: the lines are there without the tint too. */
function spanMark({ name, from, to }: Span, xAt: (place: number) => number, height: number, isLast: boolean): Markup {
  const [left, right] = [xAt(from), xAt(to)];
  const edge = (x: number): Markup => upright(x, height, 'edge');
  return html`<rect
      x="${left.toFixed(1)}"
      y="${TOP}"
      width="${(right - left).toFixed(1)}"
      height="${height - TOP - BELOW}"
      class="span"
    />${edge(left)}${isLast ? edge(right) : null}<text
      x="${((left + right) / 2).toFixed(1)}"
      y="${TOP + 10}"
      text-anchor="middle"
      >${name}</text
    >`;
}

/** Its name stands on the side where there is more room. */
function momentMark(
  { at, name }: NonNullable<LineOptions['moment']>,
  xAt: (place: number) => number,
  height: number,
): Markup {
  const x = xAt(at);
  const isLeft = x > (LEFT + RIGHT) / 2;
  const [textX, anchor] = isLeft ? [x - 4, 'end'] : [x + 4, 'start'];
  return html`${upright(x, height, 'mark')}<text x="${textX.toFixed(1)}" y="${TOP + 10}" text-anchor="${anchor}"
      >${name}</text
    >`;
}

const upright = (x: number, height: number, kind: 'edge' | 'mark'): Markup =>
  html`<line x1="${x.toFixed(1)}" x2="${x.toFixed(1)}" y1="${TOP}" y2="${height - BELOW}" class="${kind}" />`;

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
