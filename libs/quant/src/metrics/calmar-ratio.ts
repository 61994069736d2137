import { annualizedReturn } from './annualized-return';
import { maxDrawdown } from './max-drawdown';

/** CAGR / max drawdown over the whole series (Young 1991); null without a drawdown. */
export function calmarRatio(returns: Float64Array, periodsPerYear: number): number | null {
  const depth = maxDrawdown(returns);
  return depth === null || depth === 0 ? null : (annualizedReturn(returns, periodsPerYear) as number) / depth;
}
