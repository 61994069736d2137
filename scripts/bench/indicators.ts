import { indicators } from '@assay/quant';
import { longCloses } from './data';
import { technicalIndicators, tradingSignals, type LibraryBars } from './libraries';
import { timesOf } from './measure';
import type { Reference } from './reference';
import type { Row } from './rows';

const measured: readonly [key: string, params: Record<string, number>][] = [
  ['sma', { window: 20 }],
  ['ema', { window: 20 }],
  ['rsi', { window: 14 }],
  ['atr', { window: 14 }],
  ['bollinger', { window: 20, deviations: 2, ddof: 0 }],
  ['macd', { fast: 12, slow: 26, signal: 9 }],
];
/** The C loops and the libraries give three columns at most: of the Bollinger outputs, the bands. */
const MOST_OUTPUTS = 3;
const LIBRARY_BARS = 100_000;

/** Highs, lows and closes of n bars, one after the other. */
export function longBars(n: number): Float64Array {
  const closes = longCloses(n);
  const bars = new Float64Array(3 * n);
  for (let i = 0; i < n; i++) {
    bars[i] = closes[i] * 1.01;
    bars[n + i] = closes[i] * 0.99;
    bars[2 * n + i] = closes[i];
  }
  return bars;
}

interface Measured {
  readonly key: string;
  readonly ns: number;
}

function timeOurs(bars: Float64Array): Measured[] {
  const n = bars.length / 3;
  const columns: Record<string, Float64Array> = {
    high: bars.subarray(0, n),
    low: bars.subarray(n, 2 * n),
    close: bars.subarray(2 * n),
  };
  return measured.map(([key, params]) => {
    const indicator = indicators.get(key)!;
    const input = indicator.inputs.map((name) => columns[name]);
    const out = indicator.outputs.map((_, k) => new Float64Array(k < MOST_OUTPUTS ? n : 0));
    return { key, ns: (timesOf(() => indicator.batch(input, params, out), 41, 20).median * 1e6) / n };
  });
}

/** Batch forms into reused columns, ns a bar at a million bars, beside the plain C loop and two npm libraries. */
export async function benchIndicators(bars: Float64Array, reference: Reference | null): Promise<Row[]> {
  const ours = timeOurs(bars);
  const rows: Row[] = ours.map(({ key, ns }) => {
    const c = reference?.[key].ns ?? null;
    return {
      what: `${key}, 1M bars`,
      value: c === null ? `${ns.toFixed(2)} ns` : `${ns.toFixed(2)} ns / ${c.toFixed(2)} ns`,
      ratio: c === null ? null : ns / c,
      note: c === null ? 'no C compiler' : 'a bar, against the plain C loop',
    };
  });
  const ratios = rows.flatMap(({ ratio }) => (ratio === null ? [] : [ratio]));
  if (ratios.length > 0)
    rows.push({
      what: 'indicators, geometric mean',
      value: '',
      ratio: Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length),
      note: 'against plain C loops',
    });
  const [high, low, close] = [0, 1, 2].map((k) =>
    Array.from(bars.subarray((k * bars.length) / 3).subarray(0, LIBRARY_BARS)),
  );
  const libraryBars: LibraryBars = { high, low, close };
  const libraries = { technicalindicators: technicalIndicators, 'trading-signals': await tradingSignals() };
  for (const [library, runs] of Object.entries(libraries))
    for (const { key, ns } of ours) {
      const theirs = (timesOf(() => void runs[key](libraryBars), 5, 2).median * 1e6) / LIBRARY_BARS;
      rows.push({
        what: `${key}, ${library}`,
        value: `${ns.toFixed(2)} ns / ${theirs.toFixed(0)} ns`,
        ratio: ns / theirs,
        note: 'a bar, against the npm library',
      });
    }
  return rows;
}
