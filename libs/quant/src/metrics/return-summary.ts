import { isAbove, PURE_NUMBER } from '../comparison/comparison';
import { isMissing } from '../series';
import { maxDrawdown } from './max-drawdown';
import { sampleStd } from './moments';
import { sharpeRatio } from './sharpe-ratio';
import { totalReturn } from './total-return';

/** The three figures that sweeps keep and gates read; null where undefined. */
export interface ReturnSummary {
  /** Annualised. */
  sharpe: number | null;
  totalReturn: number | null;
  maxDrawdown: number | null;
}

/** By so much a ratio of two numbers must lie below another for its rounded form to be the lower one, with room. */
const ROUNDING = 2 ** -50;

/**
 * `sharpeRatio`, `totalReturn` and `maxDrawdown` of per-bar returns, with the bits of the three functions, in two passes
 * over the returns.
 */
export function summariseReturns(returns: Float64Array, periodsPerYear: number): ReturnSummary {
  const n = returns.length;
  let sum = 0;
  let value = 1;
  let peak = 1;
  let deepest = 0;
  // at or above it no value makes a deeper drawdown, so that few bars need the division
  let shallow = 1 + ROUNDING;
  for (let t = 0; t < n; t++) {
    const r = returns[t];
    sum += r;
    value *= 1 + r;
    if (value <= 0) value = 0;
    if (value > peak) {
      peak = value;
      shallow = peak * (1 - deepest) * (1 + ROUNDING);
    } else if (value < shallow) {
      const depth = 1 - value / peak;
      if (depth > deepest) {
        deepest = depth;
        shallow = peak * (1 - deepest) * (1 + ROUNDING);
      }
    }
  }
  // one missing return makes the sum missing; a sum may also overflow
  if (n < 2 || isMissing(sum) || isMissing(value)) return each(returns, periodsPerYear);
  const mean = sum / n;
  const std = sampleStd(returns, mean);
  return {
    sharpe: isAbove(std, 0, PURE_NUMBER) ? (mean / std) * Math.sqrt(periodsPerYear) : null,
    totalReturn: value === 0 ? -1 : value - 1,
    maxDrawdown: deepest,
  };
}

function each(returns: Float64Array, periodsPerYear: number): ReturnSummary {
  return {
    sharpe: sharpeRatio(returns, periodsPerYear),
    totalReturn: totalReturn(returns),
    maxDrawdown: maxDrawdown(returns),
  };
}
