import type { BarColumn, Indicator, Parameters } from '@assay/quant';
import { computeIndicator, createRng } from '@assay/quant';
import type { Columns } from './naive-price-indicators';

export type Bars = Record<BarColumn, Float64Array>;

export const columnsOf = (indicator: Indicator, bars: Bars): Float64Array[] =>
  indicator.inputs.map((name) => bars[name]);

/** The bars as the plain definitions read them. */
export const asColumns = (bars: Bars): Columns => ({
  open: Array.from(bars.open),
  high: Array.from(bars.high),
  low: Array.from(bars.low),
  close: Array.from(bars.close),
  volume: Array.from(bars.volume),
  value: Array.from(bars.value),
});

/** Bars of a seeded market. `tick` rounds prices so that ties and flat stretches happen; `gapShare` plants missing bars. */
export function market(seed: number, n: number, { tick = 0, gapShare = 0, zeroVolume = 0 } = {}): Bars {
  const rng = createRng(seed);
  const bars = {} as Bars;
  for (const column of ['open', 'high', 'low', 'close', 'volume', 'value'] as const) bars[column] = new Float64Array(n);
  const round = (price: number): number => (tick > 0 ? Math.round(price / tick) * tick : price);
  let price = 50 + 100 * rng.next();
  for (let i = 0; i < n; i++) {
    const open = round(price * (1 + 0.004 * rng.normal()));
    const close = round(price * (1 + 0.02 * rng.normal()));
    const reach = 0.01 * price;
    bars.open[i] = open;
    bars.close[i] = close;
    bars.high[i] = round(Math.max(open, close) + reach * rng.next());
    bars.low[i] = round(Math.min(open, close) - reach * rng.next());
    bars.volume[i] = rng.next() < zeroVolume ? 0 : Math.floor(1e6 * rng.next()) + 1;
    bars.value[i] = round(100 + 10 * rng.normal());
    price = Math.max(close, 5);
    if (rng.next() < gapShare) for (const column of Object.values(bars)) if (rng.next() < 0.5) column[i] = NaN;
  }
  return bars;
}

/** Seeded bars of positive prices; a positive `tick` makes equal prices, ranges of nothing and quiet stretches common. */
export function restingMarket(seed: number, n: number, tick: number): Bars {
  const rng = createRng(seed);
  const round = (x: number): number => (tick > 0 ? Math.max(Math.round(x / tick), 1) * tick : x);
  const bars = {} as Bars;
  for (const column of ['open', 'high', 'low', 'close', 'volume', 'value'] as const) bars[column] = new Float64Array(n);
  let price = 100;
  let quiet = 0;
  for (let i = 0; i < n; i++) {
    quiet = tick > 0 && rng.next() < 0.04 ? 1 + rng.int(12) : Math.max(quiet - 1, 0);
    const move = quiet > 0 ? 0 : 0.03;
    const open = quiet > 0 && i > 0 ? bars.close[i - 1] : round(price * (1 + 0.01 * rng.normal()));
    price = quiet > 0 ? open : Math.min(Math.max(price * (1 + move * rng.normal()), 20), 400);
    const close = round(price);
    bars.open[i] = open;
    bars.close[i] = close;
    bars.high[i] = round(Math.max(open, close) * (1 + (move / 2) * rng.next()));
    bars.low[i] = round(Math.min(open, close) * (1 - (move / 2) * rng.next()));
    bars.volume[i] = rng.next() < 0.2 ? 0 : rng.int(1000);
    bars.value[i] = tick > 0 ? Math.floor(i / 4) * tick + tick : 100 + 10 * rng.normal();
  }
  return bars;
}

export const defaultsOf = ({ parameters }: Indicator): Parameters =>
  Object.fromEntries(Object.entries(parameters).map(([name, spec]) => [name, spec.default]));

/** Small parameters that the indicator accepts together; lengths are at most `reach` above the least. */
export function parametersFrom(indicator: Indicator, seed: number, reach: number): Parameters {
  const rng = createRng(`${indicator.key} ${seed}`);
  for (;;) {
    const params: Parameters = {};
    for (const [name, spec] of Object.entries(indicator.parameters)) {
      const top = Math.min(spec.max ?? Infinity, spec.min + (spec.integer ? reach : 2));
      params[name] = spec.integer ? spec.min + rng.int(top - spec.min + 1) : spec.min + (top - spec.min) * rng.next();
    }
    try {
      indicator.lookback(params);
      return params;
    } catch {
      // the parameters contradict each other: draw again
    }
  }
}

/** Output columns by name, over the columns that the indicator reads. */
export function valuesOf(
  indicator: Indicator,
  params: Parameters,
  bars: Readonly<Partial<Record<BarColumn, ArrayLike<number>>>>,
): Record<string, number[]> {
  const input = indicator.inputs.map((name) => {
    const column = bars[name];
    if (column === undefined) throw new Error(`${indicator.key} reads ${name}`);
    return Float64Array.from(column);
  });
  const out = computeIndicator(indicator, input, params);
  return Object.fromEntries(indicator.outputs.map((name, c) => [name, Array.from(out[c])]));
}

/** `quiet` equal bars, then movement, then `end` equal bars. */
export function motionlessBars(quiet: number, moving: number, end: number): Bars {
  const rng = createRng(`${quiet} ${moving}`);
  const moves = (i: number): boolean => i >= quiet && i < quiet + moving;
  let price = 100;
  const close = Float64Array.from({ length: quiet + moving + end }, (_, i) => {
    if (moves(i)) price += rng.normal();
    return price;
  });
  const wide = close.map((_, i) => (moves(i) ? 0.5 * rng.next() : 0));
  const [high, low] = [close.map((x, i) => x + wide[i]), close.map((x, i) => x - wide[i])];
  return { open: close, high, low, close, volume: close, value: close };
}

/** The first output on the last of 40 bars at 0.1 that follow 100 bars of movement. */
export function restingValue(indicator: Indicator, params: Parameters): number {
  const { close } = restingMarket(3, 140, 0);
  return valuesOf(indicator, params, { close: close.fill(0.1, 100) })[indicator.outputs[0]][139];
}

/** The first output over bars of which one is a billion times larger, and over those alone that came after it. */
export function afterOutlier(indicator: Indicator, params: Parameters): { with: number[]; without: number[] } {
  const { close } = restingMarket(4, 140, 0);
  const later = close.slice(51);
  close[50] *= 1e9;
  const values = (x: Float64Array): number[] => valuesOf(indicator, params, { close: x })[indicator.outputs[0]];
  const from = indicator.lookback(params);
  return { with: values(close).slice(51 + from), without: values(later).slice(from) };
}

/** Pairs of a close before a split and the same close after it: adjusted they are one price, but for the last bit. */
export function closesOverSplits(): [before: number, after: number][] {
  const pairs: [number, number][] = [];
  for (let cents = 101; cents < 20_000; cents += 37)
    for (const ratio of [3, 5, 7, 10]) {
      const raw = Math.round(cents * ratio) / 100;
      pairs.push([raw * (cents / 100 / raw), cents / 100]);
    }
  return pairs;
}
