/** Ring of the last `window` values in a state array: [count, head, values...]. The all-zero state is empty. */
export const lagSize = (window: number): number => window + 2;

/** Pushes x and returns the value pushed `window` steps before, NaN while there is none. */
export function lagStep(s: Float64Array, o: number, window: number, x: number): number {
  const head = s[o + 1];
  const full = s[o] >= window;
  const old = full ? s[o + 2 + head] : NaN;
  s[o + 2 + head] = x;
  s[o + 1] = head + 1 === window ? 0 : head + 1;
  if (!full) s[o]++;
  return old;
}
