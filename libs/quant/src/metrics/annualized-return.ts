import { totalReturn } from './total-return';

/** CAGR (1 + total)^(P/n) - 1 as a fraction per year; null where the total return is. */
export function annualizedReturn(returns: Float64Array, periodsPerYear: number): number | null {
  const total = totalReturn(returns);
  return total === null ? null : (1 + total) ** (periodsPerYear / returns.length) - 1;
}
