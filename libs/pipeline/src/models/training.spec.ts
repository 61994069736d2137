import type { ModelPlan, ModelTraining } from '@assay/contracts';
import { REFERENCE_POINTS, referenceRows } from '../fixtures/reference-rows';
import { resolveParams } from '../parameters';
import { undetermined } from './fit-refusals';
import { fitRows, modelRuntime } from './fit-rows';
import { requireModelPlugin } from './model-registry';
import { rowMetrics } from './row-metrics';
import { weighRows } from './sample-weights';
import type { TrainingSet } from './training-set';

const INPUTS = ['a', 'b', 'c'];
const set = referenceRows();
const returns: TrainingSet = {
  ...set,
  task: 'regression',
  labels: set.labels.map((_, i) => 0.01 * (1.5 * set.rows[3 * i]! - set.rows[3 * i + 1]! * set.rows[3 * i + 2]!)),
};
const weights = set.labels.map((_, i) => 1 + (i % 3));

function planOf(kind: string, params: object, training?: ModelTraining, isRegression = true): ModelPlan {
  const plugin = requireModelPlugin(kind);
  return {
    pin: null,
    kind,
    inputs: INPUTS,
    label: { kind: isRegression ? 'forward_return' : 'forward_return_sign', horizon: 1 },
    params: resolveParams(plugin, { ...params }),
    seed: 1,
    refit: plugin.refit,
    ...(training ? { training } : {}),
  };
}

function said(plan: ModelPlan, rows: TrainingSet): number[] {
  const { predict } = modelRuntime(plan, fitRows(plan, rows)!);
  return REFERENCE_POINTS.map((point) => predict(Float64Array.from(point)));
}
const near = (values: number[], digits: number): unknown[] => values.map((value) => expect.closeTo(value, digits));

// scikit-learn 1.2.1 on what StandardScaler gives of the rows; of the nets the labels standardised too, alpha = penalty / 60
describe('regressions', () => {
  it.each<[string, object, TrainingSet, number[]]>([
    [
      'ridge',
      { l2: 2 },
      returns,
      [
        0.0005901591286460822, 0.015740918856373468, -0.017160893463452682, 0.0049536491500790335,
        -0.011404192576222327,
      ],
    ],
    [
      'ridge',
      { l2: 2 },
      { ...returns, weights },
      [6.474683751358796e-5, 0.015385888965699743, -0.018301739347707235, 0.00439693456885973, -0.012486088617155748],
    ],
    [
      'elastic_net',
      { penalty: 10, l1_ratio: 0.5, max_iterations: 10_000, tolerance: 1e-13 },
      returns,
      [
        0.0005160251246769424, 0.013676140837960158, -0.013059602035423298, 0.0026561658766300874,
        -0.006361691951609807,
      ],
    ],
    [
      'lasso',
      { penalty: 10, max_iterations: 10_000, tolerance: 1e-13 },
      returns,
      [0.00016131174185609427, 0.01196407654451143, -0.011641453060799242, 0.002882120288839036, -0.006236996394892392],
    ],
    [
      'knn',
      { neighbours: 7 },
      returns,
      [0.003503, 0.015660428571428568, -0.016646, 0.0025585714285714287, 0.0005451428571428561],
    ],
  ])('%s predicts what scikit-learn does', (kind, params, rows, expected) => {
    expect(said(planOf(kind, params), rows)).toEqual(near(expected, 12));
  });

  it.each(['gradient_boosting', 'random_forest'])('%s learns the label itself, in its own unit', (kind) => {
    const plan = planOf(kind, { trees: 200 });
    const { predict } = modelRuntime(plan, fitRows(plan, returns)!);
    let [left, all] = [0, 0];
    for (let i = 0; i < set.count; i++) {
      left += (predict(returns.rows.slice(3 * i, 3 * i + 3)) - returns.labels[i]!) ** 2;
      all += returns.labels[i]! ** 2;
    }
    expect(left / all).toBeLessThan(0.3);
    const tenfold = { ...returns, labels: returns.labels.map((label) => 10 * label) };
    expect(said(plan, tenfold)).toEqual(
      near(
        said(plan, returns).map((value) => 10 * value),
        9,
      ),
    );
  });

  it('lasso leaves out what tells nothing', () => {
    const content = fitRows(planOf('lasso', { penalty: 10 }), returns)!;
    expect(requireModelPlugin('lasso').figures(content, INPUTS)).toMatchObject({
      inputs_used: 2,
      'coefficient.c': 0,
      converged: 1,
    });
  });
});

describe('weights of rows', () => {
  it.each<[string, TrainingSet, ModelTraining | undefined, number[]]>([
    [
      'its own weights',
      { ...set, weights },
      undefined,
      [0.5499071003078874, 0.865296635901547, 0.18628981114851892, 0.5019639154844009, 0.44084472542948894],
    ],
    [
      'balanced classes',
      set,
      { class_weight: 'balanced' },
      [0.5254634687914086, 0.8540557328220547, 0.19982333814905462, 0.42973930596615445, 0.5115391928945056],
    ],
  ])('logistic with %s predicts what scikit-learn does', (_, rows, training, expected) => {
    const plan = planOf('logistic', { l2: 2, tolerance: 1e-12 }, training, false);
    expect(said(plan, rows)).toEqual(near(expected, 7));
  });

  it('knn counts its neighbours by theirs', () => {
    const plan = planOf('knn', { neighbours: 60 }, undefined, false);
    const [sum, all] = [
      weights.reduce((total, w, i) => total + w * set.labels[i]!, 0),
      weights.reduce((a, b) => a + b),
    ];
    expect(said(plan, { ...set, weights })[0]).toBeCloseTo(sum / all, 12);
  });

  const overlapping: TrainingSet = { ...set, end: set.bar.map((bar, i) => bar + (i < 30 ? 1 : 4)) };
  const alive = (t: number): number => overlapping.bar.filter((bar, i) => bar <= t && t <= overlapping.end[i]!).length;
  const uniqueness = Array.from({ length: set.count }, (_, i) => {
    const bars = Array.from({ length: overlapping.end[i]! - i + 1 }, (__, d) => i + d);
    return bars.reduce((sum, t) => sum + 1 / alive(t), 0) / bars.length;
  });
  const total = uniqueness.reduce((a, b) => a + b);

  it('of uniqueness are one on the average, over spans with both ends', () => {
    const found = weighRows(overlapping, { uniqueness: true }).weights!;
    expect([...found]).toEqual(
      near(
        uniqueness.map((u) => (u * set.count) / total),
        12,
      ),
    );
  });

  it('decay with the uniqueness since, on top of it where both are asked', () => {
    let gathered = 0;
    const decay = uniqueness.map((u) => 0.2 + (0.8 * (gathered += u)) / total);
    const scaled = (values: number[]): unknown[] => {
      const mean = values.reduce((a, b) => a + b) / values.length;
      return near(
        values.map((value) => value / mean),
        12,
      );
    };
    expect([...weighRows(overlapping, { time_decay: 0.2 }).weights!]).toEqual(scaled(decay));
    const both = weighRows(overlapping, { time_decay: 0.2, uniqueness: true }).weights!;
    expect([...both]).toEqual(scaled(decay.map((d, i) => d * uniqueness[i]!)));
  });

  it('balance the classes after the rest', () => {
    const found = weighRows(overlapping, { uniqueness: true, class_weight: 'balanced' }).weights!;
    const of = (label: number): number => found.reduce((sum, w, i) => sum + (set.labels[i] === label ? w : 0), 0);
    expect(of(1)).toBeCloseTo(of(0), 9);
    expect(weighRows(set)).toBe(set);
  });

  it('choose the rows of a forest by the sequential bootstrap', () => {
    const plan = (training?: ModelTraining) => planOf('random_forest', { trees: 20 }, training, false);
    const drawn = fitRows(plan({ bootstrap: 'sequential' }), overlapping)!;
    expect(drawn).toEqual(fitRows(plan({ bootstrap: 'sequential' }), overlapping));
    expect(drawn).not.toEqual(fitRows(plan(), overlapping));
  });
});

/** The rows of the reference so many times over, bar after bar. */
function repeated(times: number): TrainingSet {
  const { count, columns } = set;
  const again = <T extends Float64Array | Int32Array>(values: T): number[] =>
    Array.from({ length: times }, () => [...values]).flat();
  const shift = (values: Int32Array): Int32Array =>
    Int32Array.from(again(values), (bar, i) => bar + Math.floor(i / count) * count);
  const rows = Float64Array.from(again(set.rows.subarray(0, count * columns)));
  return {
    ...set,
    count: count * times,
    rows,
    labels: Float64Array.from(again(set.labels.subarray(0, count))),
    bar: shift(set.bar.subarray(0, count)),
    end: shift(set.end.subarray(0, count)),
    history: Array.from({ length: columns }, (_, c) =>
      Float64Array.from({ length: count * times }, (__, i) => rows[i * columns + c]!),
    ),
  };
}

describe('a calibration', () => {
  const plan = (kind: 'platt' | 'isotonic', fraction = 0.4) =>
    planOf('logistic', {}, { calibration: { kind, fraction } }, false);
  const many = repeated(10);

  it.each(['platt', 'isotonic'] as const)('of %s is fitted on rows that the model has not seen', (kind) => {
    const { calibration, ...content } = fitRows(plan(kind), many)!;
    // a label known a bar later than its row: the last row before the tail reaches into it
    const seen = {
      ...{ ...many, count: 359, rows: many.rows.slice(0, 1077), labels: many.labels.slice(0, 359) },
      ...{ bar: many.bar.slice(0, 359), end: many.end.slice(0, 359) },
    };
    expect(content).toEqual(fitRows(planOf('logistic', {}, undefined, false), seen));
    expect(calibration).toMatchObject({ kind, rows: 240 });
    const otherHead = { ...many, labels: many.labels.map((label, i) => (i < 20 ? 1 - label : label)) };
    const otherTail = { ...many, labels: many.labels.map((label, i) => (i >= 500 ? 1 - label : label)) };
    const { calibration: changed, ...same } = fitRows(plan(kind), otherTail)!;
    expect([same, changed]).toEqual([content, expect.not.objectContaining(calibration as object)]);
    const { calibration: _, ...other } = fitRows(plan(kind), otherHead)!;
    expect(other).not.toEqual(content);
  });

  it('is refused where the rows cannot determine it', () => {
    const oneSided = { ...many, labels: many.labels.map((label, i) => (i >= 300 ? 1 : label)) };
    expect(fitRows(plan('platt'), oneSided)).toBeNull();
  });

  it.each([
    ['platt', 48, 52],
    ['isotonic', 198, 204],
  ] as const)('of %s takes no %i rows, on which it harms what it is to mend, but %i', (kind, few, enough) => {
    expect(fitRows(plan(kind, few / many.count), many)).toBeNull();
    expect(fitRows(plan(kind, enough / many.count), many)).toMatchObject({ calibration: { rows: enough } });
    const refusal = undetermined(plan(kind, few / many.count), many);
    expect(refusal).toMatchObject({
      code: 'insufficient_data',
      facts: { rows: 600, required: enough === 52 ? 50 : 200 },
    });
    expect(refusal.message).toContain(`rows, had ${few}, since on fewer it harms the chances`);
  });
});

describe('rows that determine no model', () => {
  const plan = planOf('logistic', {}, undefined, false);

  it('are told from too few', () => {
    const rising = { ...set, labels: set.labels.map(() => 1) };
    expect(undetermined(plan, rising).message).toBe(
      'the training range must have at least 5 labelled rows of two labels, had 60 that all have the label 1',
    );
    expect(undetermined(plan, { ...set, count: 4 }).message).toContain('of two labels, had 4');
  });

  it.each(['logistic', 'ridge', 'lasso', 'elastic_net', 'knn', 'mlp'])(
    '%s: an input beyond squares is named',
    (kind) => {
      const rows = set.rows.map((value, i) => (i % 3 === 1 ? value * 1e300 : value));
      expect(() => fitRows(planOf(kind, {}, undefined, false), { ...set, rows })).toThrow(
        expect.objectContaining({
          code: 'validation_failed',
          errors: [expect.objectContaining({ field: 'model.inputs[1]', rule: 'number_range', value: 'b' })],
        }) as Error,
      );
    },
  );

  it('are none that a network ends without weights on', () => {
    const endless = planOf('mlp', { l2: 1e300, epochs: 1 }, undefined, false);
    expect(() => fitRows(endless, set)).toThrow(
      expect.objectContaining({
        errors: [expect.objectContaining({ field: 'params.learning_rate', rule: 'finite_weights' })],
      }) as Error,
    );
  });
});

it('rows are described as scikit-learn and scipy do', () => {
  const p = Float64Array.from(set.labels, (_, i) =>
    Number((1 / (1 + Math.exp(-(0.5 * set.rows[3 * i]! + 0.3 * set.rows[3 * i + 1]!)))).toFixed(2)),
  );
  expect(rowMetrics('classification', p, set.labels)).toEqual({
    log_loss: expect.closeTo(0.6078077720321586, 12),
    auc: expect.closeTo(0.8024691358024691, 12),
    ic: expect.closeTo(0.5216645158246589, 12),
    accuracy: expect.closeTo(0.7833333333333333, 12),
    base_rate: expect.closeTo(0.55, 12),
  });
  const regression = rowMetrics('regression', Float64Array.of(1, NaN, -2, 3, 1), Float64Array.of(2, 5, 1, 0, 3));
  expect(regression).toEqual({ mse: 23 / 4, mae: 9 / 4, hit_rate: 2 / 3, ic: expect.closeTo(-0.316227766016838, 12) });
  expect(rowMetrics('regression', new Float64Array(0), new Float64Array(0))).toEqual({
    ...{ mse: null, mae: null, hit_rate: null, ic: null },
  });
});
