import { NormalSource } from './normal-source';
import { MOST_SESSIONS, sessionDates } from './session-dates';

export interface PlantedEdgeOptions {
  seed: number;
  /** Daily bars, at most 3,021; default 2,772, eleven years. */
  bars?: number;
  /** Annualised information ratio (252) of holding sign(factor) from close to close; default 1.5. */
  informationRatio?: number;
}

/** Made-up daily bars; `factor[i]` is known at the close of bar i and drives the expected return of bar i + 1. */
export interface PlantedEdgeMarket {
  /** To be shown wherever the market is shown. */
  label: 'SYNTHETIC';
  dates: string[];
  open: Float64Array;
  high: Float64Array;
  low: Float64Array;
  close: Float64Array;
  volume: Float64Array;
  factor: Float64Array;
}

const DEFAULT_BARS = 2772;
const SESSIONS_PER_YEAR = 252;
const FACTOR_PHI = 0.95;
const DAILY_VOLATILITY = 0.01;
const GARCH_ALPHA = 0.08;
const GARCH_BETA = 0.9;
/** Standard deviation of the overnight gap as a part of the day's. */
const GAP_PART = 0.25;
const FIRST_CLOSE = 100;
const CENTS = 1e4;

/**
 * A market with a planted edge: GARCH(1,1) noise (alpha 0.08, beta 0.90, 1 % a day in the long run) plus an expected
 * return of k x factor of the bar before, factor being AR(1) with phi 0.95 and unit variance. k is the one for which
 * the rule that holds sign(factor) has the asked information ratio on these very bars, before costs. The drift acts
 * after the open, so it can be earned from the next open on. A pure function of its options.
 */
export function plantedEdge(options: PlantedEdgeOptions): PlantedEdgeMarket {
  const count = options.bars ?? DEFAULT_BARS;
  if (!(count >= 2 && count <= MOST_SESSIONS)) throw new RangeError(`bars must be 2 to ${MOST_SESSIONS}, was ${count}`);
  const random = new NormalSource(options.seed);
  const factor = autoregressive(random, count);
  const { noise, sigma } = garch(random, count);
  const k = edgeScale(factor, noise, options.informationRatio ?? 1.5);
  const market = emptyMarket(count, factor);
  let previous = FIRST_CLOSE;
  for (let i = 0; i < count; i += 1) {
    const drift = i === 0 ? 0 : k * factor[i - 1];
    const gap = GAP_PART * sigma[i] * random.normal();
    const open = previous * (1 + gap);
    const close = previous * (1 + drift + noise[i]);
    const reach = 0.5 * sigma[i] * previous;
    market.open[i] = rounded(open);
    market.close[i] = rounded(close);
    market.high[i] = rounded(Math.max(open, close) + reach * Math.abs(random.normal()));
    market.low[i] = rounded(Math.min(open, close) - reach * Math.abs(random.normal()));
    market.volume[i] = Math.round(1e6 * Math.exp(0.3 * random.normal()) * (sigma[i] / DAILY_VOLATILITY));
    previous = close;
  }
  return market;
}

/** The market as CSV: date, open, high, low, close, volume, factor. */
export function syntheticPlantedEdge(options: PlantedEdgeOptions): string {
  const { dates, open, high, low, close, volume, factor } = plantedEdge(options);
  const lines = ['date,open,high,low,close,volume,factor'];
  dates.forEach((date, i) => lines.push([date, open[i], high[i], low[i], close[i], volume[i], factor[i]].join(',')));
  return `${lines.join('\n')}\n`;
}

const rounded = (price: number): number => Math.round(price * CENTS) / CENTS;

function emptyMarket(count: number, factor: Float64Array): PlantedEdgeMarket {
  const column = (): Float64Array => new Float64Array(count);
  const columns = { open: column(), high: column(), low: column(), close: column(), volume: column() };
  return { label: 'SYNTHETIC', dates: sessionDates(count), ...columns, factor };
}

function autoregressive(random: NormalSource, count: number): Float64Array {
  const innovation = Math.sqrt(1 - FACTOR_PHI * FACTOR_PHI);
  const factor = new Float64Array(count);
  let value = random.normal();
  for (let i = 0; i < count; i += 1) {
    factor[i] = value;
    value = FACTOR_PHI * value + innovation * random.normal();
  }
  return factor;
}

function garch(random: NormalSource, count: number): { noise: Float64Array; sigma: Float64Array } {
  const longRun = DAILY_VOLATILITY * DAILY_VOLATILITY;
  const omega = longRun * (1 - GARCH_ALPHA - GARCH_BETA);
  const noise = new Float64Array(count);
  const sigma = new Float64Array(count);
  let variance = longRun;
  for (let i = 0; i < count; i += 1) {
    sigma[i] = Math.sqrt(variance);
    noise[i] = sigma[i] * random.normal();
    variance = omega + GARCH_ALPHA * noise[i] * noise[i] + GARCH_BETA * variance;
  }
  return { noise, sigma };
}

/** The k at which sign(factor) x (k factor + noise) has the information ratio, found by bisection. */
function edgeScale(factor: Float64Array, noise: Float64Array, informationRatio: number): number {
  const ratioAt = (k: number): number => {
    let sum = 0;
    let squares = 0;
    const n = factor.length - 1;
    for (let i = 1; i <= n; i += 1) {
      const earned = Math.sign(factor[i - 1]) * (k * factor[i - 1] + noise[i]);
      sum += earned;
      squares += earned * earned;
    }
    const mean = sum / n;
    return (mean / Math.sqrt((squares - n * mean * mean) / (n - 1))) * Math.sqrt(SESSIONS_PER_YEAR);
  };
  let low = -DAILY_VOLATILITY;
  let high = DAILY_VOLATILITY;
  for (let i = 0; i < 100; i += 1) {
    const middle = (low + high) / 2;
    if (ratioAt(middle) < informationRatio) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
