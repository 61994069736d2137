import { lagSize, lagStep } from './lag';

/** The last `window` values in the order they came and in ascending order: [ring, number sorted, ascending values]. */
export const sortedWindowSize = (window: number): number => lagSize(window) + 1 + window;

/** Index of the first element of the ascending s[from .. to) that is not below x. */
function lowerBound(s: Float64Array, from: number, to: number, x: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (s[middle] < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many values the window holds. */
export const sortedCount = (s: Float64Array, o: number, window: number): number => s[o + lagSize(window)];

/** Takes the next value; O(log window) comparisons and O(window) moves. */
export function sortedWindowStep(s: Float64Array, o: number, window: number, value: number): void {
  const count = o + lagSize(window);
  const first = count + 1;
  // both zeros are the same value, in order and in the search
  const x = value + 0;
  const old = lagStep(s, o, window, x);
  if (s[count] === window) {
    const at = lowerBound(s, first, first + window, old);
    s.copyWithin(at, at + 1, first + window);
    s[count]--;
  }
  const end = first + s[count];
  const at = lowerBound(s, first, end, x);
  s.copyWithin(at + 1, at, end);
  s[at] = x;
  s[count]++;
}

/** Quantile of a full window, linear between order statistics (type 7 of Hyndman and Fan). */
export function sortedQuantile(s: Float64Array, o: number, window: number, quantile: number): number {
  const first = o + lagSize(window) + 1;
  const position = quantile * (window - 1);
  const below = Math.floor(position);
  const share = position - below;
  const low = s[first + below];
  return share > 0 ? low + share * (s[first + below + 1] - low) : low;
}
