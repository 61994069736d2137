import { buyAndHoldReturns, sampleStd, sharpeRatio } from '@assay/quant';

/** Annualised return of buy and hold for its risk, from which on a stretch counts as going somewhere. */
const TRENDING = 0.5;
/** How many times the volatility of the training window counts as another one, or its inverse. */
const OTHER_VOLATILITY = 1.25;

export type Trend = 'up' | 'down' | 'sideways';

/** Of a stretch of bars, close to close: what kind of market it was. */
export interface MarketNote {
  /** Buy and hold, compounded. */
  totalReturn: number;
  /** Annualised; null with fewer than two returns. */
  volatility: number | null;
  /** Sharpe ratio of buy and hold: how steadily it went up or down. */
  trend: number | null;
}

/** How the market of a test window differs from that of the training window before it. */
export interface RegimeNote {
  /** Volatility of the test window over that of the training window; null where one is undefined or 0. */
  volatilityRatio: number | null;
  train: Trend;
  test: Trend;
  /** Whether the trend is another, or the volatility at least a quarter higher, or so much lower. */
  changed: boolean;
  words: string;
}

/** @param range half-open bar indices; the return of its first bar is from the close before it, where there is one */
export function marketNote(
  close: Float64Array,
  [from, to]: readonly [number, number],
  periodsPerYear: number,
): MarketNote {
  const base = from > 0 ? from - 1 : from;
  const returns = buyAndHoldReturns(close.subarray(base, to)).subarray(from - base);
  return {
    totalReturn: close[to - 1]! / close[base]! - 1,
    volatility: returns.length < 2 ? null : sampleStd(returns) * Math.sqrt(periodsPerYear),
    trend: sharpeRatio(returns, periodsPerYear),
  };
}

export function regimeNote(train: MarketNote, test: MarketNote): RegimeNote {
  const [before, now] = [trendOf(train), trendOf(test)];
  const ratio =
    train.volatility === null || test.volatility === null || train.volatility === 0
      ? null
      : test.volatility / train.volatility;
  const isOther = ratio !== null && (ratio >= OTHER_VOLATILITY || ratio <= 1 / OTHER_VOLATILITY);
  const moved = before === now ? `${now} in both` : `${before} in training, ${now} in the test`;
  const shaken = ratio === null ? 'volatility undefined' : `volatility ${ratio.toFixed(2)} times that of training`;
  return {
    volatilityRatio: ratio,
    train: before,
    test: now,
    changed: isOther || before !== now,
    words: `${moved}, ${shaken}`,
  };
}

function trendOf({ trend }: MarketNote): Trend {
  if (trend === null || Math.abs(trend) < TRENDING) return 'sideways';
  return trend > 0 ? 'up' : 'down';
}
