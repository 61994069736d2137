import type { StrategyDocument } from '@assay/contracts';
import { applyOrderRules, type FillRule, type OrderRules } from '@assay/quant';
import { columnOf, type BarColumns } from '../ports';
import { assemble, type Assembly } from './assembly';
import type { Logic } from './logic';
import { ruledSignal } from './ruled-signal';
import { predictRange } from './predict-range';
import { DECISIONS, type BatchEvaluation, type BatchOptions, type EvaluatorParts } from './types';

/**
 * Evaluates all bars at once; every value has the bits the streaming evaluator gives bar by bar.
 * With `options.memo` each stage whose inputs have a key (features, predictions, what the logic says, the targets) is
 * taken from an earlier evaluation of the same bars where there is one.
 * Throws `validation_failed` when a substrategy names a column the bars do not have.
 */
export function evaluateBatch(
  document: StrategyDocument,
  parts: EvaluatorParts,
  bars: BarColumns,
  options: BatchOptions = {},
): BatchEvaluation {
  const assembly = assemble(document, parts);
  const n = bars.close.length;
  const stage = <T>(name: string, key: string | null, make: () => T): T =>
    options.memo && key !== null ? options.memo.of(`${name} ${key}`, make) : make();
  const features = assembly.features.map((feature) =>
    stage('feature', feature.key ?? null, () => canonical(feature.batch(bars))),
  );
  const predicted = predictionsKey(assembly, options);
  const predictions = stage('predictions', predicted, () => predict(assembly, features, n, options));
  const told = logicKey(assembly, predicted);
  const said = (): Float64Array =>
    stage('said', told, () => {
      const inputs = assembly.logic.inputs.map((source) => {
        if (source.kind === 'feature') return features[source.index];
        if (source.kind === 'prediction') return predictions;
        return columnOf(bars, source.name) ?? new Float64Array(n).fill(NaN);
      });
      return runLogic(assembly.logic, inputs, n);
    });
  const machineKey = told === null ? null : `${assembly.machineKey} ${told}`;
  const targets = stage('targets', machineKey, () => runMachine(assembly, said(), bars));
  const evaluated = { featureNames: assembly.featureNames, features, predictions };
  const { orderRules } = assembly;
  if (orderRules === null) return { ...evaluated, ...targets };
  const { fill = 'next_open' } = options;
  const ruledKey = machineKey === null ? null : `${fill} ${JSON.stringify(orderRules)} ${machineKey}`;
  return { ...evaluated, ...stage('ruled', ruledKey, () => ruled(orderRules, fill, bars, targets)) };
}

/** What stops, targets and entry orders make of the targets. */
function ruled(rules: OrderRules, fill: FillRule, bars: BarColumns, raw: ReturnType<typeof runMachine>) {
  const { targets, interventions } = applyOrderRules(rules, fill === 'close', bars, raw.weights);
  const signals = raw.signals.slice();
  const decisions = raw.decisions.slice();
  for (let i = 0; i < signals.length; i++) {
    const signal = ruledSignal(raw.signals[i], raw.weights[i], targets[i]);
    if (Object.is(signal, signals[i])) continue;
    signals[i] = signal;
    decisions[i] = TARGET;
  }
  return { signals, weights: targets, decisions, interventions };
}

/** Null where the predictions are a model's own, or a column without a key. */
function predictionsKey({ model }: Assembly, options: BatchOptions): string | null {
  if (options.predictions === undefined) return model ? null : 'none';
  if (options.predictionsKey === undefined || (model && options.predictionsTo !== undefined)) return null;
  return `${options.predictionsTo ?? ''} ${options.predictionsKey}`;
}

/** Null where an input has no key. */
function logicKey({ logic, features }: Assembly, predicted: string | null): string | null {
  const inputs: string[] = [];
  for (const source of logic.inputs) {
    const key =
      source.kind === 'column'
        ? `column ${source.name}`
        : source.kind === 'prediction'
          ? predicted
          : (features[source.index].key ?? null);
    if (key === null) return null;
    inputs.push(key);
  }
  return JSON.stringify([logic.key, inputs]);
}

function runLogic(logic: Logic, inputs: readonly Float64Array[], n: number): Float64Array {
  const said = new Float64Array(n);
  let row = new Float64Array(inputs.length).fill(NaN);
  let previous = new Float64Array(inputs.length).fill(NaN);
  for (let i = 0; i < n; i++) {
    // by hand: destructuring runs an iterator on every bar
    const filled = previous;
    previous = row;
    row = filled;
    for (let c = 0; c < inputs.length; c++) row[c] = inputs[c][i];
    said[i] = logic.say(row, previous);
  }
  return said;
}

const [NO_SIGNAL, KEPT, TARGET] = (['no_signal', 'keep', 'target'] as const).map((kind) => DECISIONS.indexOf(kind));

function runMachine(assembly: Assembly, said: Float64Array, { high, low, close }: BarColumns) {
  const n = close.length;
  const signals = new Float64Array(n);
  const weights = new Float64Array(n);
  const decisions = new Uint8Array(n);
  const machine = assembly.machine();
  // one object for all bars
  const bar = { high: NaN, low: NaN, close: NaN };
  for (let i = 0; i < n; i++) {
    bar.high = high[i];
    bar.low = low[i];
    bar.close = close[i];
    machine.step(said[i], bar);
    signals[i] = machine.signal;
    weights[i] = machine.weight;
    // a search through `DECISIONS` on every bar would take as long as the machine itself
    decisions[i] = machine.decision === 'target' ? TARGET : machine.decision === 'keep' ? KEPT : NO_SIGNAL;
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
  const inputs = Array.from(modelInputs, (at) => features[at]);
  predictRange(model, inputs, [to, n], predictions);
  return canonical(predictions);
}

/** Missing values take one bit pattern, whatever operation made them. */
function canonical(values: Float64Array): Float64Array {
  for (let i = 0; i < values.length; i++) if (values[i] !== values[i]) values[i] = NaN;
  return values;
}
