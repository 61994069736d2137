import type { BarColumns } from '@assay/domain';
import { readBarsText } from '@assay/market-data';
import { POLICY_LAYOUT } from '@assay/pipeline';
import { DAY_MS } from '@assay/primitives';
import { blockResampler, buyAndHoldReturns, createRng, simpleReturns, type Rng, type TimedReturns } from '@assay/quant';
import { realSample } from '@assay/simulators';

export const BARS_A_YEAR = 252;
/** Standard deviation of a bar's return in the long run, of every market that is made up: 15.9 % a year. */
export const DAILY_VOLATILITY = 0.01;

/** Bars of a market that has so many scored ones. */
export const barsWith = (scored: number): number => POLICY_LAYOUT.unscored_bars + scored;

/** Independent normal returns of mean 0. */
export const walkReturns = (rng: Rng, n: number): Float64Array =>
  Float64Array.from({ length: n }, () => DAILY_VOLATILITY * rng.normal());

/** GJR-GARCH(1,1) as daily index returns have it: a fall raises the variance of the next bar more than a rise. */
export const GJR = { alpha: 0.02, gamma: 0.12, beta: 0.9 } as const;

/**
 * Normal innovations with v_t = omega + (alpha + gamma [e < 0]) e^2 + beta v_(t-1), Glosten, Jagannathan & Runkle (1993), around a
 * mean of `drift` a bar.
 */
export function gjrReturns(rng: Rng, n: number, drift = 0): Float64Array {
  const { alpha, gamma, beta } = GJR;
  const longRun = DAILY_VOLATILITY ** 2;
  const omega = longRun * (1 - alpha - gamma / 2 - beta);
  let variance = longRun;
  return Float64Array.from({ length: n }, () => {
    const shock = Math.sqrt(variance) * rng.normal();
    variance = omega + (alpha + (shock < 0 ? gamma : 0)) * shock * shock + beta * variance;
    return drift + shock;
  });
}

let sp500: Float64Array | undefined;

/** Close-to-close returns of the S&P 500 index that come with the product. */
export function sp500Returns(): Float64Array {
  sp500 ??= simpleReturns(readBarsText(realSample('sp500').content).bars.close).slice(1);
  return sp500;
}

/** Mean length of the blocks of the S&P 500: a quarter. */
export const SP500_BLOCK = 63;

/** Returns of the S&P 500 in blocks of random length (stationary bootstrap), with the drift they have. */
export function sp500Blocks(seed: string, n: number): Float64Array {
  const returns = sp500Returns();
  const drawn = new Int32Array(returns.length);
  blockResampler('stationary', seed, returns.length, SP500_BLOCK)(drawn);
  return Float64Array.from(drawn.subarray(0, n), (place) => returns[place]);
}

const FIRST_BAR = Date.UTC(2000, 0, 3);

/** Daily bars that open at the close before and have these close-to-close returns. */
export function barsOf(returns: Float64Array, extra: BarColumns['extra'] = {}): BarColumns {
  const n = returns.length;
  const close = new Float64Array(n);
  const open = new Float64Array(n);
  let price = 100;
  for (let t = 0; t < n; t++) {
    open[t] = price;
    price *= 1 + returns[t];
    close[t] = price;
  }
  return {
    ...{ symbol: 'SYNTHETIC', source: 'calibration', timeframe: '1d' },
    openTimeMs: Float64Array.from({ length: n }, (_, t) => FIRST_BAR + t * DAY_MS),
    ...{ open, close },
    high: close.map((value, t) => Math.max(value, open[t])),
    low: close.map((value, t) => Math.min(value, open[t])),
    volume: new Float64Array(n).fill(1000),
    extra,
  };
}

/** Buy and hold of the bars from their first return on, as the product has it. */
export const benchmarkOf = ({ openTimeMs, close }: BarColumns): TimedReturns => ({
  openTimeMs: openTimeMs.slice(1),
  returns: buyAndHoldReturns(close).slice(1),
});

/** A stream of its own for each thing that is drawn. */
export const streamOf = (...what: (string | number)[]): Rng => createRng(what.join(' '));
