import type { ModelPlan } from '@assay/contracts';
import { createRng } from '@assay/quant';
import { logisticOnFactor } from '../fixtures/documents';
import { rowsOf } from '../fixtures/reference-rows';
import { foldMetrics } from './fold-metrics';
import { fitRows, modelRuntime, predictRows } from './fit-rows';
import { rowMetrics } from './row-metrics';
import { rowsWhere } from './training-set';

const N = 300;
const rng = createRng('folds');
const rows = Float64Array.from({ length: 2 * N }, () => rng.normal());
const labels = Float64Array.from({ length: N }, (_, i) => Number(rng.next() < 1 / (1 + Math.exp(-2 * rows[2 * i]!))));
const set = rowsOf(2, rows, labels);
const plan: ModelPlan = { ...(logisticOnFactor().model as ModelPlan), inputs: ['tells', 'noise'] };

describe('metrics of folds', () => {
  const { metrics: found, folds } = foldMetrics(plan, set, 5);

  it('are means over fits on the rows that no label of a fold reaches', () => {
    let loss = 0;
    for (let fold = 0; fold < 5; fold++) {
      const [from, to] = [60 * fold, 60 * fold + 60];
      // labels end a bar later: the bar before a fold is purged, and behind it the bar of its last label and one horizon
      const train = rowsWhere(set, (i) => i < from - 1 || i > to + 1);
      const test = rowsWhere(set, (i) => i >= from && i < to);
      const model = modelRuntime(plan, fitRows(plan, train)!);
      loss += rowMetrics('classification', predictRows(model, test), test.labels).log_loss! / 5;
    }
    expect(found.oos_log_loss).toBeCloseTo(loss, 12);
    expect(found).toMatchObject({ oos_folds: 5, oos_auc: expect.any(Number), oos_ic: expect.any(Number) });
    expect(foldMetrics(plan, set, 5)).toEqual({ metrics: found, folds });
  });

  it('are kept part by part, with what each was judged on and fitted on', () => {
    // one row less before a part, two behind it
    expect(folds.map(({ from, to, rows: count, fittedRows }) => [from, to, count, fittedRows])).toEqual([
      [0, 59, 60, 238],
      [60, 119, 60, 237],
      [120, 179, 60, 237],
      [180, 239, 60, 237],
      [240, 299, 60, 239],
    ]);
    const third = modelRuntime(
      plan,
      fitRows(
        plan,
        rowsWhere(set, (i) => i < 119 || i > 181),
      )!,
    );
    const test = rowsWhere(set, (i) => i >= 120 && i < 180);
    expect(folds[2]!.metrics).toEqual(rowMetrics('classification', predictRows(third, test), test.labels));
    const mean = (of: (fold: (typeof folds)[number]) => number) => folds.reduce((sum, fold) => sum + of(fold), 0) / 5;
    expect(mean(({ metrics }) => metrics!.auc!)).toBeCloseTo(found.oos_auc!, 12);
    expect(mean(({ importance }) => importance.tells!)).toBeCloseTo(found['importance.tells']!, 12);
  });

  it('say which input tells something', () => {
    expect(found['importance.tells']).toBeGreaterThan(0.1);
    expect(Math.abs(found['importance.noise']!)).toBeLessThan(0.02);
  });

  it('are none where no fold determines a model', () => {
    const one = { ...set, labels: new Float64Array(N) };
    const { metrics, folds: none } = foldMetrics(plan, one, 3);
    expect(metrics).toEqual({ oos_folds: 0 });
    expect(none.map((fold) => [fold.rows, fold.metrics, fold.importance])).toEqual(Array(3).fill([100, null, {}]));
  });
});
