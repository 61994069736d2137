import type { BarColumns } from '@assay/domain';
import { featureColumns, resolveFeature, StageCache } from '@assay/pipeline';
import { createRng, indicatorMatrix, type MatrixColumn } from '@assay/quant';
import { longCloses } from './data';
import { matrixFeatures } from './matrix-columns';
import { runMatrixReference } from './reference';
import type { Row } from './rows';

const REPEATS = 4;

/** Bars whose opens lie near the close before and whose highs and lows lie around both. */
export function matrixBars(n: number): BarColumns {
  const close = longCloses(n);
  const rng = createRng('matrix');
  const open = close.map((_, i) => close[Math.max(i - 1, 0)] * (1 + 0.002 * (rng.next() - 0.5)));
  return {
    symbol: 'BENCH',
    source: 'bench',
    timeframe: '1d',
    openTimeMs: close.map((_, i) => i * 86_400_000),
    open,
    high: close.map((x, i) => Math.max(x, open[i]) * (1 + 0.01 * rng.next())),
    low: close.map((x, i) => Math.min(x, open[i]) * (1 - 0.01 * rng.next())),
    close,
    volume: close.map(() => 1000 + rng.int(100_000)),
    extra: {},
  };
}

function processorMs(run: () => unknown): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** The C sums leave out what is undefined, as ours do. Two forms of one formula differ by rounding. */
function differing(columns: readonly MatrixColumn[], ours: readonly Float64Array[], sums: readonly number[]): string[] {
  return columns.flatMap(({ indicator }, k) => {
    let sum = 0;
    for (const value of ours[k]) if (value - value === 0) sum += Math.abs(value);
    return Math.abs(sum / sums[k] - 1) < 1e-5 ? [] : [indicator.key];
  });
}

/** 45 indicators over a million bars, least processor time of several turns of both sides. */
export function benchMatrix(): Row[] {
  const bars = matrixBars(1_000_000);
  const n = bars.close.length;
  const features = matrixFeatures();
  const columns = features.map((spec) => {
    const { plugin, params } = resolveFeature(spec);
    return plugin.matrixColumn!(params, bars);
  });
  const out = columns.map(() => new Float64Array(n));
  const ns = { together: Infinity, features: Infinity, c: Infinity };
  let refused: string[] = [];
  for (let r = 0; r < REPEATS; r++) {
    const reference = runMatrixReference([bars.open, bars.high, bars.low, bars.close, bars.volume], 2);
    ns.c = Math.min(ns.c, reference?.ns ?? Infinity);
    for (let k = 0; k < 3; k++)
      ns.together = Math.min(ns.together, (processorMs(() => indicatorMatrix(columns, out)) * 1e6) / n);
    const whole = processorMs(() => featureColumns(features, bars, new StageCache(1)));
    ns.features = Math.min(ns.features, (whole * 1e6) / n);
    if (reference) refused = differing(columns, out, reference.sums);
  }
  const row = (what: string, own: number, note: string): Row => {
    const compared = ns.c < Infinity && refused.length === 0;
    return {
      what,
      value: compared ? `${own.toFixed(0)} ns / ${ns.c.toFixed(0)} ns` : `${own.toFixed(0)} ns`,
      ratio: compared ? own / ns.c : null,
      note: refused.length > 0 ? `C loops give other sums: ${refused.join(', ')}` : note,
    };
  };
  return [
    row('45 indicators, 1M bars', ns.together, 'a bar, against plain C loops one after the other, columns reused'),
    row('the same as features', ns.features, 'a bar, new columns for each document'),
  ];
}
