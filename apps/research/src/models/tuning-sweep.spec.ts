import type { SweepResult } from '@assay/contracts';
import { requireModelPlugin } from '@assay/pipeline';
import { searchedSets } from './searched-sets';
import { sweepOfTuning, tunedBySweep } from './tuning-sweep';

const ID = '0190a6c0-0000-7000-8000-000000000001';
const ridge = requireModelPlugin('ridge');
const request = (more: object) => ({ strategy_id: ID, ...more });
const problem = (more: object): unknown => {
  try {
    return searchedSets(ridge, request(more));
  } catch (error) {
    return (error as { errors: object[] }).errors[0];
  }
};

describe('the sets that a tuning tries', () => {
  it('are all of them where nothing is said, as such a request always was', () => {
    expect(searchedSets(ridge, request({ l2: [1, 2] }))).toEqual({ values: { l2: [1, 2] }, refit: null });
    const refit = [
      { every: 21, min_train: 252 },
      { every: 63, min_train: 252 },
    ];
    expect(searchedSets(ridge, request({ l2: [1], refit, method: 'exhaustive', prune: 'none' }))).toEqual({
      ...{ values: { l2: [1] }, refit },
    });
  });

  it('are drawn of the values that are given, or of the whole search space', () => {
    expect(searchedSets(ridge, request({ method: 'random', trials: 2, l2: [1, 2, 3] }))).toEqual({
      ...{ values: { l2: [1, 2, 3] }, refit: null, prune: 'none' },
      search: { method: 'random', samples: 2, seed: 1 },
    });
    const whole = searchedSets(ridge, request({ method: 'tpe', trials: 3, seed: 5, prune: 'median' }));
    expect(whole).toEqual({
      ...{ values: { l2: ridge.searchSpace.l2!.values }, refit: null, prune: 'median' },
      search: { method: 'tpe', samples: 3, seed: 5 },
    });
    expect(searchedSets(ridge, request({ l2: [1, 2], prune: 'median' }))).toMatchObject({
      ...{ search: { method: 'exhaustive', samples: null, seed: null }, prune: 'median' },
    });
  });

  it.each<[object, string, string]>([
    [{ method: 'tpe' }, 'trials', 'required'],
    [{ method: 'random', trials: 4, l2: [1, 2, 3] }, 'trials', 'max'],
    [{ trials: 2, l2: [1] }, 'trials', 'sampled_only'],
    [{ seed: 2, l2: [1] }, 'seed', 'sampled_only'],
    [{}, 'l2', 'required'],
    [{ method: 'tpe', trials: 1, l2: [-1] }, 'l2[0]', 'minimum'],
    [{ method: 'tpe', trials: 1, alpha: [1] }, 'alpha', 'searched_parameter'],
    [
      {
        ...{ method: 'random', trials: 1 },
        refit: [
          { every: 1, min_train: 100 },
          { every: 2, min_train: 100 },
        ],
      },
      'refit',
      'max_items',
    ],
  ])('are refused by field: %j', (more, field, rule) => expect(problem(more)).toMatchObject({ field, rule }));
});

describe('a tuning as a sweep', () => {
  const payload = {
    ...{ model_id: ID, strategy_id: ID, revision: 2, values: { l2: [1, 10], x: [0, 1] }, refit: null },
    ...{ search: { method: 'tpe' as const, samples: 3, seed: 1 }, prune: 'median' as const },
  };
  const own = { every: 63, min_train: 252 };

  it('sweeps the parameters of the model, and its schedule where one is given', () => {
    const swept = sweepOfTuning(payload);
    expect(swept).toMatchObject({ objective: 'cpcv', by: 'sharpe', prune: 'median', search: payload.search });
    expect(swept.params).toEqual([
      { path: 'model.params.l2', values: [1, 10] },
      { path: 'model.params.x', values: [0, 1] },
    ]);
    expect(sweepOfTuning({ ...payload, refit: [own] }).params!.slice(2)).toEqual([
      { path: 'model.refit.every', values: [63] },
      { path: 'model.refit.min_train', values: [252] },
    ]);
  });

  it('says of every set what became of it, and which is the best', () => {
    const result = {
      ...{ trials: 9, search: { method: 'tpe', samples: 3, seed: 1, grid_cells: 4 } },
      columns: ['model.params.l2', 'model.params.x', 'total_return', 'sharpe', 'max_drawdown'],
      rows: [
        [1, 0, 0.1, 0.5, -0.1],
        [10, 1, 0.1, 0.7, -0.1],
        [10, 0, null, null, null],
        [1, 1, null, null, null],
      ],
      pruning: { rule: 'median', splits: 15, cells: [{ index: 2, splits: 6, mean: -1 }] },
    } as unknown as SweepResult;
    const found = tunedBySweep(payload, result, own);
    expect(found).toMatchObject({ sets: 4, trials: 9, search: { method: 'tpe', seed: 1, sets: 4, given_up: 1 } });
    expect(found.best).toEqual({ index: 1, params: { l2: 10, x: 1, refit: own }, mean_oos_sharpe: 0.7, reasons: {} });
    expect(found.rows.slice(2)).toEqual([
      {
        ...{ index: 2, params: { l2: 10, x: 0, refit: own }, mean_oos_sharpe: null, given_up_after: 6 },
        reasons: {
          mean_oos_sharpe: 'given up after 6 of 15 splits: worse than the median of the earlier whole trials',
        },
      },
      {
        ...{ index: 3, params: { l2: 1, x: 1, refit: own }, mean_oos_sharpe: null },
        reasons: { mean_oos_sharpe: 'not each of the 15 splits has one' },
      },
    ]);
    const none = tunedBySweep(payload, { ...result, rows: [], pruning: undefined }, own);
    expect(none).toMatchObject({ sets: 0, best: null, search: { given_up: 0 } });
  });
});
