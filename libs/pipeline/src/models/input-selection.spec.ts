import type { ModelPlan, ModelSelection, PipelineDocument } from '@assay/contracts';
import { barAt, createStreamingEvaluator, evaluateBatch, predictRange } from '@assay/domain';
import { binnedMutualInformation, createRng, fStatistic } from '@assay/quant';
import fc from 'fast-check';
import { runBacktest } from '../backtest';
import { partsFor, prepareStrategy, sameBits } from '../evaluator';
import { syntheticBars } from '../fixtures/bars';
import { logisticOnFactor } from '../fixtures/documents';
import { rowsOf } from '../fixtures/reference-rows';
import { configHash } from '../hash';
import { resolveParams } from '../parameters';
import { sweepOf } from '../fixtures/sweep-of';
import { ledgerSeries, runCpcv, runWalkForward } from '../validation';
import { undetermined } from './fit-refusals';
import { foldMetrics } from './fold-metrics';
import type { SelectedInputs } from './input-selection';
import { encodeArtifact } from './model-artifact';
import { withColumns, rowsWhere, type TrainingSet } from './training-set';
import {
  fitModel,
  fitRows,
  loadArtifact,
  modelPlugins,
  modelRuntime,
  planRows,
  requireModelPlugin,
  rowsIn,
  type BarRange,
  type ModelContent,
} from '.';

const INPUTS = ['a', 'b', 'c', 'd'];
const COUNT = 400;
const best = (count: number, score: ModelSelection['score'] = 'f_statistic'): ModelSelection => ({
  score,
  keep: { kind: 'best', count },
});

function planOf(kind: string, selection?: ModelSelection, params: object = {}, inputs = INPUTS): ModelPlan {
  const plugin = requireModelPlugin(kind);
  return {
    pin: null,
    kind,
    inputs,
    label: { kind: 'forward_return_sign', horizon: 1 },
    params: resolveParams(plugin, { ...params }),
    seed: 1,
    refit: plugin.refit,
    ...(selection ? { training: { selection } } : {}),
  };
}

/** `b` and `d` tell the label, `d` the more; `a` and `c` are noise. */
function sample(count = COUNT, seed = 'selection'): TrainingSet {
  const rng = createRng(seed);
  const labels = Float64Array.from({ length: count }, () => Number(rng.next() < 0.5));
  const rows = Float64Array.from({ length: 4 * count }, (_, i) => {
    const label = 2 * labels[Math.floor(i / 4)]! - 1;
    return rng.normal() + [0, 0.6, 0, 1.2][i % 4]! * label;
  });
  return rowsOf(4, rows, labels);
}
const set = sample();
const chosenBy = (content: ModelContent | null): SelectedInputs => content!.selection as unknown as SelectedInputs;
const keptBy = (selection: ModelSelection, rows = set): string[] =>
  chosenBy(fitRows(planOf('logistic', selection), rows)).kept;
const predictionsOf = (plan: ModelPlan, content: ModelContent, columns: readonly Float64Array[]): Float64Array => {
  const found = new Float64Array(columns[0]!.length).fill(NaN);
  predictRange(modelRuntime(plan, content), columns, [0, found.length], found);
  return found;
};

describe.each([...modelPlugins].filter(([, { imports }]) => !imports).map(([kind]) => kind))('%s', (kind) => {
  const params = kind === 'gradient_boosting' ? { monotone: '0+-+' } : {};
  const plan = planOf(kind, best(2), params);
  const { selection, ...content } = fitRows(plan, set)!;
  const whole = { ...content, selection };

  it('is, of the best inputs, the model of these alone', () => {
    const alone = planOf(kind, undefined, kind === 'gradient_boosting' ? { monotone: '++' } : {}, ['b', 'd']);
    expect(chosenBy(whole).kept).toEqual(['b', 'd']);
    expect(content).toEqual(fitRows(alone, withColumns(set, [1, 3])));
    expect(
      sameBits(
        predictionsOf(plan, whole, set.history),
        predictionsOf(alone, content, [set.history[1]!, set.history[3]!]),
      ),
    ).toBe(true);
  });

  it('reads the inputs that its artifact names, and no others', () => {
    const train = { first_bar: '2020-01-01T00:00:00.000Z', train_end: '2021-01-01T00:00:00.000Z', rows: COUNT };
    const bytes = encodeArtifact(plan, requireModelPlugin(kind), whole, train);
    const { model } = loadArtifact(bytes);
    const said = (columns: readonly Float64Array[]): Float64Array => {
      const found = new Float64Array(COUNT).fill(NaN);
      predictRange(model, columns, [0, COUNT], found);
      return found;
    };
    const own = said(set.history);
    expect(own.subarray(model.window! - 1).every(Number.isFinite)).toBe(true);
    const without = (missing: string): Float64Array =>
      said(set.history.map((column, c) => (INPUTS[c] === missing ? column.map(() => NaN) : column)));
    expect([without('a'), without('c')].every((found) => sameBits(found, own))).toBe(true);
    expect([without('b'), without('d')].some((found) => sameBits(found, own))).toBe(false);
    const odd = [['d', 'b'], ['b', 'b'], ['b', 'x'], [], 'b', undefined];
    for (const kept of odd) {
      const broken = encodeArtifact(plan, requireModelPlugin(kind), { ...content, selection: { kept } }, train);
      expect(() => loadArtifact(broken)).toThrow('kept of the selection must name some of the inputs');
    }
  });
});

describe('the inputs of a fit', () => {
  it('are those of the highest scores, each of its own column and the labels', () => {
    const scores = set.history.map((column) => fStatistic(column, set.labels)!);
    expect(Object.values(chosenBy(fitRows(planOf('logistic', best(1)), set)).scores)).toEqual(scores);
    const information = set.history.map((column) => binnedMutualInformation(column, set.labels, false)!);
    const byInformation = fitRows(planOf('logistic', best(1, 'mutual_information')), set);
    expect(Object.values(chosenBy(byInformation).scores)).toEqual(information);
    expect([1, 2, 4].map((count) => keptBy(best(count)))).toEqual([['d'], ['b', 'd'], INPUTS]);
    expect(
      [0.01, 0.26, 0.5].map((fraction) => keptBy({ score: 'f_statistic', keep: { kind: 'share', fraction } })),
    ).toEqual([['d'], ['b', 'd'], ['b', 'd']]);
    expect(keptBy({ score: 'f_statistic', keep: { kind: 'above', score: scores[1]! } })).toEqual(['d']);
  });

  it('are the first of those that tell the same', () => {
    const twice = { ...set, rows: set.rows.map((value, i) => (i % 4 === 1 ? set.rows[i + 2]! : value)) };
    expect(keptBy(best(1), twice)).toEqual(['b']);
  });

  it('are none that do not vary, or whose variance is not above a bound', () => {
    const level = { ...set, rows: set.rows.map((value, i) => (i % 4 === 3 ? 0.1 : i % 4 === 0 ? 0.1 * value : value)) };
    expect(keptBy(best(4), level)).toEqual(['a', 'b', 'c']);
    expect(keptBy({ score: 'variance', keep: { kind: 'above', score: 0 } }, level)).toEqual(['a', 'b', 'c']);
    expect(keptBy({ score: 'variance', keep: { kind: 'above', score: 0.5 } }, level)).toEqual(['b', 'c']);
  });

  it('are judged by the rows that have them', () => {
    const gaps = { ...set, rows: set.rows.map((value, i) => (i % 4 === 3 && i % 8 < 4 ? NaN : value)) };
    const known = rowsWhere(set, (i) => i % 2 === 1);
    const column = Float64Array.from(known.labels, (_, i) => known.rows[4 * i + 3]!);
    expect(chosenBy(fitRows(planOf('gradient_boosting', best(2)), gaps)).scores.d).toBe(
      fStatistic(column, known.labels),
    );
  });

  it('are chosen by the rows that the model is fitted on, not by those of its calibration', () => {
    const calibration = { kind: 'platt', fraction: 0.4 } as const;
    const plan = { ...planOf('logistic'), training: { selection: best(2), calibration } };
    const other = { ...set, rows: set.rows.map((value, i) => (i >= 4 * 240 ? -value : value)) };
    expect(chosenBy(fitRows(plan, other))).toEqual(chosenBy(fitRows(plan, set)));
    expect(chosenBy(fitRows(plan, set)).scores).toEqual(
      chosenBy(
        fitRows(
          planOf('logistic', best(2)),
          rowsWhere(set, (i) => i < 239),
        ),
      ).scores,
    );
  });

  it('are refused where none has a score that is high enough', () => {
    const plan = planOf('logistic', { score: 'f_statistic', keep: { kind: 'above', score: 1e6 } });
    expect(fitRows(plan, set)).toBeNull();
    expect(undetermined(plan, set)).toMatchObject({
      code: 'insufficient_data',
      message:
        'training.selection must leave an input to learn from, but none of a, b, c, d has a f_statistic above 1000000',
    });
    const level = { ...set, rows: set.rows.map(() => 1) };
    expect(undetermined(planOf('logistic', best(1)), level).message).toContain('none of a, b, c, d has a f_statistic');
    expect(undetermined(planOf('logistic', best(3)), { ...set, count: 4 }).message).toContain(
      'at least 5 labelled rows',
    );
  });

  it('are named by their place in the model where the fit refuses one', () => {
    const rows = set.rows.map((value, i) => (i % 4 === 2 ? value * 1e300 : value));
    const plan = planOf('logistic', best(4, 'mutual_information'));
    expect(() => fitRows(plan, { ...set, rows })).toThrow(
      expect.objectContaining({ errors: [expect.objectContaining({ field: 'model.inputs[2]', value: 'c' })] }) as Error,
    );
  });
});

describe('folds', () => {
  it('choose each its own, by the rows that it is not judged on', () => {
    const plan = planOf('logistic', best(2));
    const { folds, metrics } = foldMetrics(plan, set, 4);
    expect(folds.map(({ selected }) => selected)).toEqual(Array(4).fill(['b', 'd']));
    expect(metrics).toMatchObject({
      'oos_selected.a': 0,
      'oos_selected.b': 1,
      'oos_selected.c': 0,
      'oos_selected.d': 1,
    });
    expect(folds[0]!.importance).toMatchObject({ a: 0, c: 0 });
    const weak = sample(80, 'few');
    const shares = foldMetrics(planOf('logistic', best(1)), weak, 5);
    const of = (input: string): number => shares.folds.filter(({ selected }) => selected!.includes(input)).length / 5;
    for (const input of INPUTS) expect(shares.metrics[`oos_selected.${input}`]).toBeCloseTo(of(input), 12);
    expect(foldMetrics(planOf('logistic'), set, 4).folds.every((fold) => !('selected' in fold))).toBe(true);
  });

  it('do not choose otherwise for other rows outside of those that they are fitted on', () => {
    const plan = planOf('logistic', best(1, 'mutual_information'));
    const rows = sample(120, 'property');
    const before = foldMetrics(plan, rows, 4).folds;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3 }), fc.integer(), (fold, seed) => {
        const rng = createRng(seed);
        const isJudged = (row: number): boolean => row >= 30 * fold && row < 30 * fold + 30;
        const labels = rows.labels.map((label, i) => (isJudged(i) ? Number(rng.next() < 0.5) : label));
        // what is judged is turned into the clearest of signals, of the input that the fit left out
        const values = rows.rows.map((value, i) => {
          const row = Math.floor(i / 4);
          return isJudged(row) ? 1000 * labels[row]! * Number(i % 4 === seed % 4) + rng.normal() : value;
        });
        const changed = foldMetrics(plan, rowsOf(4, values, labels), 4).folds[fold]!;
        expect(changed.selected).toEqual(before[fold]!.selected);
      }),
      { numRuns: 30 },
    );
  });

  /** Inputs and labels of which none tells anything of another. */
  const noise = (seed: number, width: number): TrainingSet => {
    const rng = createRng(`noise ${seed}`);
    const values = Float64Array.from({ length: 160 * width }, () => rng.normal());
    return rowsOf(
      width,
      values,
      Float64Array.from({ length: 160 }, () => Number(rng.next() < 0.5)),
    );
  };

  it('find nothing where there is nothing, while inputs that were chosen on all rows seem to tell', () => {
    const width = 60;
    const names = Array.from({ length: width }, (_, c) => `x${c}`);
    let [inside, before] = [0, 0];
    for (let seed = 0; seed < 10; seed++) {
      const rows = noise(seed, width);
      const plan = planOf('logistic', best(3), {}, names);
      inside += foldMetrics(plan, rows, 4).metrics.oos_auc! / 10;
      const leaked = chosenBy(fitRows(plan, rows)).kept;
      const alone = planOf('logistic', undefined, {}, leaked);
      before +=
        foldMetrics(
          alone,
          withColumns(
            rows,
            leaked.map((name) => names.indexOf(name)),
          ),
          4,
        ).metrics.oos_auc! / 10;
    }
    expect(Math.abs(inside - 0.5)).toBeLessThan(0.03);
    expect(before).toBeGreaterThan(0.6);
  });
});

describe('a strategy whose model chooses', () => {
  const plain = logisticOnFactor();
  const plan: ModelPlan = { ...(plain.model as ModelPlan), training: { selection: best(2) } };
  const document: PipelineDocument = { ...plain, model: plan };
  const bars = syntheticBars(700, 3, 0.002);
  const { rowSource } = prepareStrategy(document, bars);
  const input = { ...rowSource, openTimeMs: bars.openTimeMs };
  const fitted = fitModel(plan, input, [0, 500], 3);

  it('has the same bytes for the same bars, whatever comes after them', () => {
    const features = rowSource.features.map((column) => column.map((value, i) => (i < 500 ? value : -3 * value)));
    const close = bars.close.map((value, i) => (i < 500 ? value : value * 2));
    expect(fitModel(plan, { ...input, features, close }, [0, 500]).sha256).toBe(fitted.sha256);
    expect(fitted.metrics).toMatchObject({
      'selected.factor': 1,
      'oos_selected.factor': 1,
      'selection_score.rsi_14': expect.any(Number),
    });
    const chosen = plan.inputs.filter((name) => fitted.metrics[`selected.${name}`] === 1);
    expect(Object.keys(fitted.metrics).filter((name) => name.startsWith('coefficient.'))).toEqual(
      chosen.map((name) => `coefficient.${name}`),
    );
    expect(fitted.folds!.map(({ selected }) => selected!.length)).toEqual([2, 2, 2]);
  });

  it('decides bar by bar with the bits of all bars at once', () => {
    const { sha256, trainEnd, bytes } = fitted;
    const traded = { ...document, artifact: { uri: `artifact:sha256/${sha256}`, sha256, train_end: trainEnd } };
    const parts = partsFor(traded, bytes);
    const batch = evaluateBatch(traded, parts, bars);
    const stream = createStreamingEvaluator(traded, parts);
    const told = Array.from(bars.close, (_, i) => stream.update(barAt(bars, i)));
    expect(
      sameBits(
        Float64Array.from(told, ({ prediction }) => prediction),
        batch.predictions,
      ),
    ).toBe(true);
    expect(
      sameBits(
        Float64Array.from(told, ({ weight }) => weight),
        batch.weights,
      ),
    ).toBe(true);
    expect(batch.predictions.filter(Number.isFinite).length).toBeGreaterThan(600);
  });

  it('is swept by how many it keeps: each cell is the backtest and the cross-validation of its own choice', () => {
    const params = [{ path: 'model.training.selection.keep.count', values: [1, 2, 5] }];
    const swept = sweepOf({ document, bars, params, withSeries: true, seriesFrom: 252 });
    const alone = [1, 2, 5].map((count) => {
      const cell = { ...document, model: { ...plan, training: { selection: best(count) } } };
      const { metrics } = runBacktest({ document: cell, bars });
      return { sharpe: metrics.sharpe_ratio, path: ledgerSeries({ document: cell, bars }).returns };
    });
    expect([...swept.sharpe]).toEqual(alone.map(({ sharpe }) => sharpe));
    expect(swept.returns.map((returns, cell) => sameBits(returns, alone[cell]!.path))).toEqual([true, true, true]);
    expect(new Set(swept.sharpe).size).toBe(3);
    expect(alone[2]!.sharpe).toBe(runBacktest({ document: plain, bars }).metrics.sharpe_ratio);
  });

  it('says of each split and each fold of a validation which inputs its fit has chosen, by its training bars alone', () => {
    const { splits } = runCpcv({ document, bars });
    const { folds } = runWalkForward({ document, bars });
    const set = planRows(plan, rowSource);
    const chosenIn = (ranges: readonly BarRange[]) => chosenBy(fitRows(plan, rowsIn(set, ranges))).kept;
    expect(splits.map(({ selectedInputs }) => selectedInputs)).toEqual(splits.map(({ train }) => chosenIn(train)));
    expect(folds.map(({ selectedInputs }) => selectedInputs)).toEqual(folds.map(({ train }) => chosenIn([train])));
    expect(new Set(splits.map(({ selectedInputs }) => selectedInputs!.join())).size).toBeGreaterThan(1);
    const all = [runCpcv({ document: plain, bars }).splits, runWalkForward({ document: plain, bars }).folds].flat();
    expect(all.every((part) => !('selectedInputs' in part))).toBe(true);
  });

  it('is another configuration than one that reads all inputs', () => {
    expect(configHash(document)).not.toBe(configHash(plain));
  });
});
