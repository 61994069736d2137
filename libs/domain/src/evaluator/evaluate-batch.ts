import type { StrategyDocument } from '@assay/contracts';
import { columnOf, type BarColumns } from '../ports';
import { assemble, type Assembly } from './assembly';
import { DECISIONS, type BatchEvaluation, type BatchOptions, type EvaluatorParts } from './types';

/**
 * Evaluates all bars at once; every value has the bits the streaming evaluator gives bar by bar.
 * Throws `validation_failed` when a substrategy names a column the bars do not have.
 */
export function evaluateBatch(
  document: StrategyDocument,
  parts: EvaluatorParts,
  bars: BarColumns,
  options: BatchOptions = {},
): BatchEvaluation {
  const assembly = assemble(document, parts);
  const features = assembly.features.map((feature) => canonical(feature.batch(bars)));
  const predictions = predict(assembly, features, bars.close.length, options);
  const inputs = assembly.logic.inputs.map((source) => {
    if (source.kind === 'feature') return features[source.index];
    if (source.kind === 'prediction') return predictions;
    return columnOf(bars, source.name) ?? new Float64Array(bars.close.length).fill(NaN);
  });
  return {
    featureNames: assembly.featureNames,
    features,
    predictions,
    ...runMachine(assembly, inputs, bars.close),
  };
}

function runMachine(assembly: Assembly, inputs: readonly Float64Array[], close: Float64Array) {
  const n = close.length;
  const signals = new Float64Array(n);
  const weights = new Float64Array(n);
  const decisions = new Uint8Array(n);
  const machine = assembly.machine();
  let row = new Float64Array(inputs.length).fill(NaN);
  let previous = new Float64Array(inputs.length).fill(NaN);
  for (let i = 0; i < n; i++) {
    [row, previous] = [previous, row];
    for (let c = 0; c < inputs.length; c++) row[c] = inputs[c][i];
    machine.step(assembly.logic.say(row, previous), close[i]);
    signals[i] = machine.signal;
    weights[i] = machine.weight;
    decisions[i] = DECISIONS.indexOf(machine.decision);
  }
  return { signals, weights, decisions };
}

function predict(
  { model, modelInputs }: Assembly,
  features: readonly Float64Array[],
  n: number,
  options: BatchOptions,
): Float64Array {
  const predictions = new Float64Array(n).fill(NaN);
  const to = options.predictions ? Math.min(options.predictionsTo ?? n, n) : 0;
  for (let i = 0; i < to; i++) predictions[i] = options.predictions![i];
  if (!model) return canonical(predictions);
  const row = new Float64Array(modelInputs.length);
  for (let i = to; i < n; i++) {
    for (let k = 0; k < row.length; k++) row[k] = features[modelInputs[k]][i];
    predictions[i] = model.predict(row);
  }
  return canonical(predictions);
}

/** Missing values take one bit pattern, whatever operation made them. */
function canonical(values: Float64Array): Float64Array {
  for (let i = 0; i < values.length; i++) if (values[i] !== values[i]) values[i] = NaN;
  return values;
}
