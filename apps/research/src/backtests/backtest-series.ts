import type { BatchEvaluation } from '@assay/domain';
import { DECISIONS, type DecisionKind } from '@assay/domain';
import { bits } from '@assay/pipeline';

/** Everything a backtest computed per bar, exactly; stored as one content-addressed value. */
export interface BacktestSeries {
  openTimeMs: Float64Array;
  featureNames: string[];
  features: Float64Array[];
  predictions: Float64Array;
  signals: Float64Array;
  weights: Float64Array;
  decisions: Uint8Array;
  /** Half-open range of the scored bars; the columns below cover it alone. */
  scored: [number, number];
  returns: Float64Array;
  equity: Float64Array;
  positions: Float64Array;
  benchmarkReturns: Float64Array;
}

export const evaluationColumns = ({
  featureNames,
  features,
  predictions,
  signals,
  weights,
  decisions,
}: BatchEvaluation) => ({
  featureNames: [...featureNames],
  features,
  predictions,
  signals,
  weights,
  decisions,
});

const orNull = (x: number): number | null => (Number.isNaN(x) ? null : x);

export interface SignalRow {
  bar_time: string;
  features: Record<string, number | null>;
  prediction: number | null;
  signal: number | null;
  weight: number | null;
  decision: DecisionKind;
  bits: { features: Record<string, string>; prediction: string; signal: string; weight: string };
}

type EvaluatedColumns = Omit<BacktestSeries, 'scored' | 'returns' | 'equity' | 'positions' | 'benchmarkReturns'>;

/** What the evaluator said on bar `i`, as numbers and as 64-bit patterns. */
export function signalRow(series: EvaluatedColumns, i: number): SignalRow {
  const named = <T>(of: (x: number) => T): Record<string, T> =>
    Object.fromEntries(series.featureNames.map((name, f) => [name, of(series.features[f]![i]!)]));
  return {
    bar_time: new Date(series.openTimeMs[i]!).toISOString(),
    features: named(orNull),
    prediction: orNull(series.predictions[i]!),
    signal: orNull(series.signals[i]!),
    weight: orNull(series.weights[i]!),
    decision: DECISIONS[series.decisions[i]!]!,
    bits: {
      features: named(bits),
      prediction: bits(series.predictions[i]!),
      signal: bits(series.signals[i]!),
      weight: bits(series.weights[i]!),
    },
  };
}

/** Compounded from 1. */
export function buyHoldEquity(returns: Float64Array): Float64Array {
  let equity = 1;
  return returns.map((r) => (equity *= 1 + r));
}

/** CSV with a header; null and undefined are empty cells. */
export function csvOf(rows: readonly object[], columns: readonly string[]): string {
  const cell = (value: unknown): string => (value === null || value === undefined ? '' : String(value));
  const lines = rows.map((row) => columns.map((name) => cell((row as Record<string, unknown>)[name])).join(','));
  return `${[columns.join(','), ...lines].join('\n')}\n`;
}
