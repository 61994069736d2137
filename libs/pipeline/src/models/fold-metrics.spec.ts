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
  const found = foldMetrics(plan, set, 5);

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
    expect(foldMetrics(plan, set, 5)).toEqual(found);
  });

  it('say which input tells something', () => {
    expect(found['importance.tells']).toBeGreaterThan(0.1);
    expect(Math.abs(found['importance.noise']!)).toBeLessThan(0.02);
  });

  it('are none where no fold determines a model', () => {
    const one = { ...set, labels: new Float64Array(N) };
    expect(foldMetrics(plan, one, 3)).toEqual({ oos_folds: 0 });
  });
});
