import type { ModelPlan } from '@assay/contracts';
import { sliceBars } from '@assay/domain';
import fc from 'fast-check';
import { prepareStrategy, sameBits } from '../evaluator';
import { syntheticBars } from '../fixtures/bars';
import { logisticOnFactor } from '../fixtures/documents';
import { fitModel, fitRows, loadArtifact, modelRuntime, outOfSamplePredictions } from '.';
import { planRows } from './plan-rows';
import { rowsIn, rowsKnownAt } from './training-set';

const document = logisticOnFactor();
const plan = document.model as ModelPlan;
const bars = syntheticBars(700, 3, 0.002);
const { rowSource } = prepareStrategy(document, bars);
const { features: modelInputs } = rowSource;
const input = { ...rowSource, openTimeMs: bars.openTimeMs };

describe('fitted artifact', () => {
  const fitted = fitModel(plan, input, [0, 500]);

  it('has the same bytes for the same inputs, and others for one more bar', () => {
    expect(fitModel(plan, input, [0, 500]).sha256).toBe(fitted.sha256);
    expect(fitModel(plan, input, [0, 501]).sha256).not.toBe(fitted.sha256);
  });

  it('never saw a bar after its train end', () => {
    const changed = { ...input, close: bars.close.map((x, i) => (i < 500 ? x : x * 2)) };
    expect(fitModel(plan, changed, [0, 500]).sha256).toBe(fitted.sha256);
    expect(fitted.trainEnd).toBe(new Date(bars.openTimeMs[499]!).toISOString());
  });

  it('predicts with the bits of the model in memory', () => {
    const set = rowsIn(planRows(plan, rowSource), [[0, 499]]);
    const memory = modelRuntime(plan, fitRows(plan, set)!);
    const loaded = loadArtifact(fitted.bytes).model;
    for (let i = 500; i < 700; i++) {
      const row = Float64Array.from(modelInputs, (column) => column[i]!);
      expect(Object.is(loaded.predict(row), memory.predict(row))).toBe(true);
      expect(Number.isNaN(loaded.predict(row))).toBe(false);
    }
  });

  it('gives no prediction for an incomplete row', () => {
    expect(loadArtifact(fitted.bytes).model.predict(Float64Array.of(NaN, 1, 1, 1, 1))).toBeNaN();
  });

  it('learns the planted factor and nothing else of weight', () => {
    const { coefficients } = JSON.parse(new TextDecoder().decode(fitted.bytes)) as { coefficients: number[] };
    expect(coefficients[0]).toBeGreaterThan(0.1);
    for (const other of coefficients.slice(1)) expect(Math.abs(other)).toBeLessThan(coefficients[0]!);
  });

  it.each([
    ['no JSON', 'x', 'it is no JSON'],
    ['another format', '{"format":"x"}', /format must be assay\.logistic\.v1.*, was x/],
    [
      'a missing coefficient',
      '{"format":"assay.logistic.v1","inputs":["a"],"label":{"kind":"forward_return_sign","horizon":1},"intercept":0,"coefficients":[],"means":[0],"scales":[1]}',
      'one number per input',
    ],
  ])('is refused with %s', (_, text, message) => {
    expect(() => loadArtifact(new TextEncoder().encode(text))).toThrow(message);
  });

  it('is refused where the rows cannot determine it', () => {
    const error = { code: 'insufficient_data' };
    expect(() => fitModel(plan, input, [0, 25])).toThrow(expect.objectContaining(error) as Error);
    const rising = { ...input, close: bars.close.map((_, i) => 100 + i) };
    expect(() => fitModel(plan, rising, [0, 500])).toThrow(expect.objectContaining(error) as Error);
    expect(() => fitModel(null, input, [0, 500])).toThrow('nothing to fit');
  });
});

describe('out-of-sample predictions', () => {
  const whole = outOfSamplePredictions(plan, rowSource);
  const first = whole.findIndex((value) => !Number.isNaN(value));

  it('begin when enough labels are known', () => {
    const set = planRows(plan, rowSource);
    expect(rowsKnownAt(set, first).count).toBe(plan.refit.min_train);
    expect(rowsKnownAt(set, first - 1).count).toBe(plan.refit.min_train - 1);
    expect(whole.subarray(first).every((value) => !Number.isNaN(value))).toBe(true);
  });

  it('never see the future: other bars after t leave all up to t as they were', () => {
    fc.assert(
      fc.property(fc.integer({ min: first, max: 698 }), fc.double({ min: 0.5, max: 2, noNaN: true }), (t, factor) => {
        const close = bars.close.map((x, i) => (i <= t ? x : x * factor ** (i % 3)));
        const changed = outOfSamplePredictions(plan, prepareStrategy(document, { ...bars, close }).rowSource);
        expect(sameBits(changed.subarray(0, t + 1), whole.subarray(0, t + 1))).toBe(true);
      }),
      { numRuns: 15 },
    );
  });

  it('are those of a model fitted on the cut history, with a longer horizon too', () => {
    const slow: ModelPlan = { ...plan, label: { ...plan.label, horizon: 5 } };
    const all = outOfSamplePredictions(slow, rowSource);
    const start = all.findIndex((value) => !Number.isNaN(value));
    const refit = start + 2 * plan.refit.every;
    const cut = sliceBars(bars, 0, refit + 1);
    const set = planRows(slow, prepareStrategy(document, cut).rowSource);
    expect(set.bar[set.count - 1]).toBe(refit - 5);
    const model = modelRuntime(slow, fitRows(slow, set)!);
    const row = Float64Array.from(modelInputs, (column) => column[refit]!);
    expect(all[refit]).toBe(model.predict(row));
  });

  it('do not depend on where one begins or stops to ask', () => {
    const part = outOfSamplePredictions(plan, rowSource, { from: 400, until: 600 });
    expect(sameBits(part.subarray(400, 600), whole.subarray(400, 600))).toBe(true);
    expect(part.subarray(0, 400).every(Number.isNaN)).toBe(true);
    expect(part.subarray(600).every(Number.isNaN)).toBe(true);
  });
});
