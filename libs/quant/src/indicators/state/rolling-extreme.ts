/**
 * Rolling maximum by a monotonic deque (Lemire 2006), O(1) amortised, O(window) worst:
 * [count, first, length, then `window` pairs (bar, value)]. The minimum is the negated maximum of the negated series.
 */
export const rollingExtremeSize = (window: number): number => 2 * window + 3;

/** Maximum of the last `window` values, NaN until there are as many. */
export function rollingMaximumStep(s: Float64Array, o: number, window: number, x: number): number {
  return extremeStep(s, o, window, x, 1) ? s[o + 4 + 2 * s[o + 1]] : NaN;
}

/** Minimum of the last `window` values, NaN until there are as many. */
export function rollingMinimumStep(s: Float64Array, o: number, window: number, x: number): number {
  return extremeStep(s, o, window, x, -1) ? s[o + 4 + 2 * s[o + 1]] : NaN;
}

/** Bars since the extreme (the newest of equals), valid right after a step that returned a value. */
export function barsSinceExtreme(s: Float64Array, o: number): number {
  return s[o] - 1 - s[o + 3 + 2 * s[o + 1]];
}

/** Keeps the candidates in order, strictly better ones first; true when the window is full. A missing x starts afresh. */
function extremeStep(s: Float64Array, o: number, window: number, x: number, sign: number): boolean {
  if (x - x !== 0) {
    s[o] = 0;
    s[o + 1] = 0;
    s[o + 2] = 0;
    return false;
  }
  const pairs = o + 3;
  const bar = s[o];
  let first = s[o + 1];
  let length = s[o + 2];
  if (length > 0 && s[pairs + 2 * first] <= bar - window) {
    first = first + 1 === window ? 0 : first + 1;
    length--;
  }
  while (length > 0) {
    const last = first + length - 1;
    const slot = last >= window ? last - window : last;
    if (sign * s[pairs + 2 * slot + 1] > sign * x) break;
    length--;
  }
  const end = first + length;
  const slot = end >= window ? end - window : end;
  s[pairs + 2 * slot] = bar;
  s[pairs + 2 * slot + 1] = x;
  s[o] = bar + 1;
  s[o + 1] = first;
  s[o + 2] = length + 1;
  return bar + 1 >= window;
}
