/** Width of every picture in its own units; the page scales it to what there is. */
export const WIDTH = 720;
export const LEFT = 64;
export const RIGHT = WIDTH - 8;

const MOST_LEVELS = 5;
const MOST_TIMES = 5;
/** Longer texts of times leave room for fewer. */
const SHORT_TIME = 10;

export const isNumber = (value: number | null): value is number => value !== null && Number.isFinite(value);

/** Least and greatest, apart from each other. */
export function spread(values: readonly number[]): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low < high) return [low, high];
  const apart = Math.max(1, Math.abs(low) * 1e-9);
  return [low - apart, high + apart];
}

/** Round values within the bounds, at most five. */
export function levelsBetween(low: number, high: number): number[] {
  if (!Number.isFinite(high - low)) return [low, 0, high];
  const power = 10 ** Math.floor(Math.log10(high - low));
  const step = [0.1, 0.2, 0.5, 1, 2, 5].map((one) => one * power).find((one) => countOf(low, high, one) <= MOST_LEVELS);
  if (step === undefined) return [low, high];
  return Array.from({ length: countOf(low, high, step) }, (_, i) =>
    // a sum of steps is not round: 3 x 0.1
    Number(((Math.ceil(low / step) + i) * step).toPrecision(12)),
  );
}

const countOf = (low: number, high: number, step: number): number =>
  Math.floor(high / step) - Math.ceil(low / step) + 1;

export interface TimeMark {
  x: number;
  text: string;
  anchor: 'start' | 'middle' | 'end';
}

/** Texts beneath a picture from its left to its right, as many as there is room for. */
export function timeMarks(texts: readonly string[], xOf: (index: number) => number): TimeMark[] {
  const room = Math.max(...texts.map(({ length }) => length)) > SHORT_TIME ? 3 : MOST_TIMES;
  const count = Math.min(room, texts.length);
  const marks = Array.from({ length: count }, (_, i): TimeMark => {
    const wanted = LEFT + (i / Math.max(1, count - 1)) * (RIGHT - LEFT);
    const index = nearest(texts.length, xOf, wanted);
    const anchor = i === 0 ? 'start' : i === count - 1 ? 'end' : 'middle';
    return { x: xOf(index), text: texts[index]!, anchor };
  });
  const [apart, end] = [((RIGHT - LEFT) / room) * 0.8, marks.at(-1)?.x ?? 0];
  let before = -Infinity;
  return marks.filter(({ x }, i) => {
    const isInner = i > 0 && i < count - 1;
    if (isInner && (x - before < apart || end - x < apart)) return false;
    before = x;
    return true;
  });
}

function nearest(count: number, xOf: (index: number) => number, wanted: number): number {
  let best = 0;
  for (let i = 1; i < count; i++) if (Math.abs(xOf(i) - wanted) < Math.abs(xOf(best) - wanted)) best = i;
  return best;
}
