import { maxDrawdown, sharpeRatio, totalReturn } from '@assay/quant';

export interface ReturnSummary {
  /** Annualised; null where undefined. */
  sharpe: number | null;
  totalReturn: number | null;
  maxDrawdown: number | null;
}

/** The three figures that gates read, from per-bar returns. */
export function summarise(returns: Float64Array, periodsPerYear: number): ReturnSummary {
  return {
    sharpe: sharpeRatio(returns, periodsPerYear),
    totalReturn: totalReturn(returns),
    maxDrawdown: maxDrawdown(returns),
  };
}

/** Mean over all values; null when there are none or one of them is undefined: a gap is not a zero. */
export function meanOrNull(values: readonly (number | null)[]): number | null {
  if (values.length === 0 || values.some((value) => value === null)) return null;
  return (values as number[]).reduce((sum, value) => sum + value, 0) / values.length;
}

export function concatenate(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** mean / std (ddof 1), not annualised; null where undefined. */
export function sharpePerBar(returns: Float64Array): number | null {
  return sharpeRatio(returns, 1);
}
