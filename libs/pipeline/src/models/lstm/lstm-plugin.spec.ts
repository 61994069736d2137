import type { ModelPlan, PipelineDocument } from '@assay/contracts';
import { predictRange } from '@assay/domain';
import { createRng } from '@assay/quant';
import { syntheticBars } from '../../fixtures/bars';
import { logisticOnFactor } from '../../fixtures/documents';
import { resolveParams } from '../../parameters';
import { backtestPredictions, prepareStrategy, sameBits, warmUpEvaluator } from '../../evaluator';
import { fitModelOf, PipelinePool } from '../../tasks';
import { lookAheadAudit, runWalkForward } from '../../validation';
import { fitRows, modelRuntime } from '../fit-rows';
import { buildTrainingSet, rowsIn } from '../training-set';
import { validationSplit } from '../validation-split';
import { lstmPlugin as plugin } from './lstm-plugin';

const params = (changed: Record<string, number | string> = {}) => resolveParams(plugin, changed);

const example = logisticOnFactor();
const small = { units: 3, steps: 4, epochs: 2 };
const document: PipelineDocument = {
  ...example,
  model: {
    ...(example.model as ModelPlan),
    kind: 'lstm',
    params: params(small),
    refit: { every: 100, min_train: 200 },
  },
};
const plan = document.model as ModelPlan;
const bars = syntheticBars(500, 3, 0.002);

/** The close rises after a bar whose `signal` was up two bars ago, which the row of the bar does not have. */
function delayed(n: number) {
  const rng = createRng('delayed');
  const signal = Float64Array.from({ length: n }, () => rng.normal());
  const close = new Float64Array(n).fill(100);
  for (let i = 1; i < n; i++) close[i] = close[i - 1]! * (i >= 3 && signal[i - 3]! > 0 ? 1.01 : 0.99);
  return { signal, close };
}

const rowsOfSignal = (signal: Float64Array, close: Float64Array) =>
  buildTrainingSet({ ...plan, inputs: ['signal'] }, { features: [signal], close });

describe('a recurrent network', () => {
  it('learns from the bars before what the row of the bar does not have', () => {
    const { signal, close } = delayed(700);
    const set = rowsIn(rowsOfSignal(signal, close), [[0, 500]]);
    const content = plugin.fit(set, params({ steps: 4, epochs: 30 }), 1);
    const model = modelRuntime({ ...plan, inputs: ['signal'] }, content);
    const found = new Float64Array(700);
    predictRange(model, [signal], [500, 699], found);
    let hits = 0;
    for (let i = 500; i < 699; i++) hits += Number(found[i]! > 0.5 === close[i + 1]! > close[i]!);
    expect(hits / 199).toBeGreaterThan(0.95);
  });

  it('says of its tail what its predictions of these bars are, which TensorFlow.js reckoned while it trained', () => {
    const { signal, close } = delayed(300);
    const set = rowsOfSignal(signal, close);
    const content = plugin.fit(set, params(small), 3);
    const { tail } = validationSplit(set, 0.2)!;
    const found = new Float64Array(300);
    predictRange(modelRuntime({ ...plan, inputs: ['signal'] }, content), [signal], [0, 300], found);
    let loss = 0;
    tail.bar.forEach((bar, j) => (loss -= Math.log(tail.labels[j] === 1 ? found[bar]! : 1 - found[bar]!) / tail.count));
    const figures = plugin.figures(content, []);
    expect(figures.validation_rows).toBe(tail.count);
    expect(Math.abs(figures.validation_loss! - loss)).toBeLessThan(1e-6);
  });

  it('is fitted on rows with all their bars, whatever lies between the rows, and never on a bar after its own', () => {
    const { signal, close } = delayed(300);
    const gap = signal.with(100, NaN);
    const all = rowsOfSignal(gap, close);
    const fit = (set: typeof all) => plugin.fit(set, params({ ...small, early_stopping: 0 }), 1);
    // 299 labelled bars, less 3 at the start, bar 100 and the 3 after it
    expect(fit(all).samples).toBe(292);
    const half = rowsIn(all, [[0, 200]]);
    const later = { ...half, history: [gap.map((x, i) => (i < 200 ? x : 99))] };
    expect(fit(later)).toEqual(fit(half));
    const spread = rowsIn(all, [
      [10, 60],
      [150, 200],
    ]);
    expect(fit(spread).samples).toBe(100);
  });

  it('is not determined by rows without their bars', () => {
    const { signal, close } = delayed(300);
    const sparse = signal.map((x, i) => (i % 4 === 3 ? NaN : x));
    expect(fitRows(plan, rowsOfSignal(sparse, close))).toBeNull();
  });

  it('has the same bytes from the same seed in another thread', async () => {
    const pool = new PipelinePool({ threads: 2 });
    const here = fitModelOf({ document, bars });
    const [one, two] = await Promise.all([1, 2].map(() => pool.run('fitModel', { document, bars })));
    const other = fitModelOf({ document: { ...document, model: { ...plan, seed: 2 } }, bars });
    await pool.close();
    expect([one!.sha256, two!.sha256]).toEqual([here.sha256, here.sha256]);
    expect(other.sha256).not.toBe(here.sha256);
  }, 60_000);

  it('gives bar by bar the bits of the whole history, refits and artifact alike', () => {
    const fitted = fitModelOf({ document, bars, train: [0, 400] });
    const artifact = { uri: `artifact:sha256/${fitted.sha256}`, sha256: fitted.sha256, train_end: fitted.trainEnd };
    const traded: PipelineDocument = { ...document, artifact };
    const batch = backtestPredictions(prepareStrategy(traded, bars), fitted.bytes)!.values;
    const stream = new Float64Array(bars.close.length);
    warmUpEvaluator(traded, fitted.bytes, bars, ({ prediction }, i) => (stream[i] = prediction));
    expect(sameBits(stream, batch)).toBe(true);
    expect(batch.subarray(300).every(Number.isFinite)).toBe(true);
  });

  it('is refitted in each fold, and never sees the future', () => {
    const walked = runWalkForward({ document, bars, layout: { folds: 2 } });
    expect(walked.folds.map(({ oosReturns }) => oosReturns.some((x) => x !== 0))).toEqual([true, true]);
    expect(lookAheadAudit({ document, bars, cuts: 2 }).mismatches).toBe(0);
  });

  it.each([
    ['units', { units: 0 }, 'units must be an integer of at least 1'],
    ['steps', { steps: 1.5 }, 'steps must be an integer of at least 1'],
    ['a kernel', { kernel: [1] }, 'kernel must be 60 numbers, was 1'],
    ['weights', { output: [1, 'x'] }, 'output must be a list of numbers'],
  ])('is refused without %s that a fit could have given', (_, changed, message) => {
    const { signal, close } = delayed(100);
    const content = plugin.fit(rowsOfSignal(signal, close), params({ ...small, epochs: 1 }), 1);
    expect(() => plugin.load({ ...content, ...changed }, 1)).toThrow(message);
  });
});
