import { foldBars, foldsOf, metricNames, nameOfMetric, furtherFigures, inputRows, metricRows } from './model-metrics';

const METRICS = {
  ...{
    rows: 1489,
    trees: 100,
    auc: 0.92,
    oos_auc: 0.53,
    log_loss: 0.48,
    oos_log_loss: 0.76,
    oos_folds: 5,
    oos_ic: null,
  },
  ...{ 'importance.rsi_14': 0.013, 'importance.edge': 0.021, 'importance.noise': -0.03, 'importance.dead': null },
  ...{ 'gain_share.edge': 0.3, 'gain_share.macd.signal': 0.7 },
};

describe('figures of a fit', () => {
  it('stand beside each other in and out of sample, and what is missing is missing', () => {
    expect(metricRows(METRICS).map(({ key, inSample, outOfSample }) => [key, inSample, outOfSample])).toEqual([
      ['log_loss', 0.48, 0.76],
      ['auc', 0.92, 0.53],
      ['ic', null, null],
    ]);
    expect([foldsOf(METRICS), foldsOf({ auc: 1 })]).toEqual([5, 0]);
  });

  it('of inputs are ranked by size, whatever their sign', () => {
    expect(inputRows(METRICS, 'importance')).toEqual([
      { name: 'noise', value: -0.03 },
      { name: 'edge', value: 0.021 },
      { name: 'rsi_14', value: 0.013 },
    ]);
    expect(inputRows(METRICS, 'gain_share')).toEqual([
      { name: 'macd.signal', value: 0.7 },
      { name: 'edge', value: 0.3 },
    ]);
    expect(inputRows(METRICS, 'coefficient')).toEqual([]);
    expect(inputRows({ 'oos_selected.a': 0.2, 'oos_selected.b': 1, 'selected.b': 1 }, 'oos_selected')).toEqual([
      { name: 'b', value: 1 },
      { name: 'a', value: 0.2 },
    ]);
  });

  it('of folds keep their order, and a fold without a model is none', () => {
    const folds = [{ metrics: { ic: 0.1, auc: 0.6, other: 1 } }, { metrics: null }, { metrics: { ic: -0.2 } }, { metrics: { ic: null } }]; // prettier-ignore
    expect(metricNames(folds).map(nameOfMetric)).toEqual(['AUC', 'IC']);
    expect(foldBars(folds)).toEqual([
      { name: 'Fold 1', value: 0.1 },
      { name: 'Fold 3', value: -0.2 },
    ]);
  });

  it('that are neither are left', () =>
    expect(furtherFigures(METRICS)).toEqual([
      ['rows', 1489],
      ['trees', 100],
    ]));
});
