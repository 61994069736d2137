import { isAbove, PURE_NUMBER } from '../comparison/comparison';
import { mean, sampleStd } from './moments';
import { closedTrades, type TradeOutcome } from './win-rate';

/**
 * sqrt(n) x mean / std(ddof 1) of the net returns of the n closed trades (Tharp 2008 takes multiples of the initial risk, which net
 * returns are up to a factor where the risk is constant, and caps n at 100; here it is not capped). Null below two closed trades or
 * where they do not vary.
 */
export function systemQualityNumber(trades: readonly TradeOutcome[]): number | null {
  const nets = Float64Array.from(closedTrades(trades), ({ netReturn }) => netReturn);
  const std = sampleStd(nets);
  return isAbove(std, 0, PURE_NUMBER) ? (Math.sqrt(nets.length) * mean(nets)) / std : null;
}
