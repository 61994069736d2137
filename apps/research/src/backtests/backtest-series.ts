import type { BatchEvaluation } from '@assay/domain';
import { DECISIONS, type DecisionKind } from '@assay/domain';
import { bits } from '@assay/pipeline';
import type { EquityPointDto } from './backtest.dto';

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

export const dateOf = (ms: number): string => {
  const iso = new Date(ms).toISOString();
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso;
};

export function* signalRows(series: EvaluatedColumns, first: number, last: number): Generator<SignalRow> {
  for (let i = first; i < last; i += 1) yield signalRow(series, i);
}

/** Equity of the strategy and of buy and hold, which compounds from 1, per scored bar. */
export function* equityPoints(series: BacktestSeries): Generator<EquityPointDto> {
  let hold = 1;
  for (const [i, equity] of series.equity.entries()) {
    hold *= 1 + series.benchmarkReturns[i]!;
    const date = dateOf(series.openTimeMs[series.scored[0] + i]!);
    yield { date, equity, buy_hold: hold, position: series.positions[i]!, return: series.returns[i]! };
  }
}
