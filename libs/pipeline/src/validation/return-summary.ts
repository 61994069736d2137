import { sharpeRatio } from '@assay/quant';

export { summariseReturns as summarise, type ReturnSummary } from '@assay/quant';

/** Mean over all values; null when there are none or one of them is undefined: a gap is not a zero. */
export function meanOrNull(values: readonly (number | null)[]): number | null {
  if (values.length === 0 || values.some((value) => value === null)) return null;
  return (values as number[]).reduce((sum, value) => sum + value, 0) / values.length;
}

/** mean / std (ddof 1), not annualised; null where undefined. */
export function sharpePerBar(returns: Float64Array): number | null {
  return sharpeRatio(returns, 1);
}
