import type { BatchEvaluation } from '@assay/domain';

const scratch = new DataView(new ArrayBuffer(8));

/** The IEEE 754 pattern of a number as 16 hexadecimal digits, most significant first. All NaNs give the same text. */
export function bits(x: number): string {
  scratch.setFloat64(0, Number.isNaN(x) ? NaN : x);
  return scratch.getBigUint64(0).toString(16).padStart(16, '0');
}

/** Whether two columns have the same 64-bit patterns, NaN equal to NaN. */
export function sameBits(a: Float64Array, b: Float64Array): boolean {
  return a.length === b.length && a.every((x, i) => Object.is(x, b[i]));
}

export interface SignalBits {
  features: Record<string, string>;
  prediction: string;
  signal: string;
  weight: string;
}

/** The evaluated values of one bar as patterns: the form in which backtest and trade are compared. */
export function signalBits(
  featureNames: readonly string[],
  values: { features: ArrayLike<number>; prediction: number; signal: number; weight: number },
): SignalBits {
  const features = Object.fromEntries(featureNames.map((name, f) => [name, bits(values.features[f]!)]));
  return { features, prediction: bits(values.prediction), signal: bits(values.signal), weight: bits(values.weight) };
}

/** The same for bar `i` of a batch evaluation. */
export function evaluationBits(evaluation: BatchEvaluation, i: number): SignalBits {
  return signalBits(evaluation.featureNames, {
    features: evaluation.features.map((column) => column[i]!),
    prediction: evaluation.predictions[i]!,
    signal: evaluation.signals[i]!,
    weight: evaluation.weights[i]!,
  });
}
