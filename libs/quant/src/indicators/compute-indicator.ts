import type { Indicator } from './indicator';

/** Batch form into newly allocated columns, in the order of `indicator.outputs`. */
export function computeIndicator<P>(
  indicator: Indicator<P>,
  input: readonly Float64Array[],
  params: P,
): Float64Array[] {
  const n = input.length > 0 ? input[0].length : 0;
  const out = indicator.outputs.map(() => new Float64Array(n));
  indicator.batch(input, params, out);
  return out;
}
