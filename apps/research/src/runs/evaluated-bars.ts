import { DECISIONS, type BatchEvaluation, type DecisionKind } from '@assay/domain';
import { bits } from '@assay/pipeline';

/** What the evaluator said per bar, exactly. */
export interface EvaluatedBars {
  openTimeMs: Float64Array;
  featureNames: string[];
  features: Float64Array[];
  predictions: Float64Array;
  signals: Float64Array;
  weights: Float64Array;
  decisions: Uint8Array;
}

export const evaluationColumns = ({
  featureNames,
  features,
  predictions,
  signals,
  weights,
  decisions,
}: BatchEvaluation): Omit<EvaluatedBars, 'openTimeMs'> => ({
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

/** What the evaluator said on bar `i`, as numbers and as 64-bit patterns. */
export function signalRow(bars: EvaluatedBars, i: number): SignalRow {
  const named = <T>(of: (x: number) => T): Record<string, T> =>
    Object.fromEntries(bars.featureNames.map((name, f) => [name, of(bars.features[f]![i]!)]));
  return {
    bar_time: new Date(bars.openTimeMs[i]!).toISOString(),
    features: named(orNull),
    prediction: orNull(bars.predictions[i]!),
    signal: orNull(bars.signals[i]!),
    weight: orNull(bars.weights[i]!),
    decision: DECISIONS[bars.decisions[i]!]!,
    bits: {
      features: named(bits),
      prediction: bits(bars.predictions[i]!),
      signal: bits(bars.signals[i]!),
      weight: bits(bars.weights[i]!),
    },
  };
}

export function* signalRows(bars: EvaluatedBars, first: number, last: number): Generator<SignalRow> {
  for (let i = first; i < last; i += 1) yield signalRow(bars, i);
}
