import type { ModelPlan, SweepPayload, SweepResult, TunedModel, TunedSet, TuneModelPayload } from '@assay/contracts';
import { CV_SPLITS } from '@assay/pipeline';
import { bestOf } from './best-set';

type Searched = TuneModelPayload & Required<Pick<TuneModelPayload, 'search'>>;

const PARAMS = 'model.params.';
const REFIT = 'model.refit.';

/** The sweep that tries the sets: its cells are those of the model's parameters, judged by CPCV. */
export function sweepOfTuning({ strategy_id, revision, values, refit, search, prune }: Searched): SweepPayload {
  const schedule = Object.entries(refit?.[0] ?? {}).map(([name, value]) => ({ path: REFIT + name, values: [value] }));
  const searched = Object.entries(values).map(([name, list]) => ({ path: PARAMS + name, values: list }));
  return {
    ...{ strategy_id, revision, source: null, constraints: [], existing: null, candidates: null },
    params: [...searched, ...schedule],
    ...{ search, by: 'sharpe', top: 1, objective: 'cpcv', prune },
  };
}

/** What the sweep has found, set by set. */
export function tunedBySweep(
  { values, refit }: TuneModelPayload,
  { rows, columns, trials, search, pruning }: SweepResult,
  own: ModelPlan['refit'],
): TunedModel {
  const names = Object.keys(values);
  const givenUp = new Map((pruning?.cells ?? []).map(({ index, splits }) => [index, splits]));
  const sharpe = columns.lastIndexOf('sharpe');
  const sets = rows.map((row, index): TunedSet => {
    const chosen = names.map((name, p) => [name, row[p] as number] as const);
    const splits = givenUp.get(index);
    const mean = row[sharpe] as number | null;
    return {
      index,
      params: { ...Object.fromEntries(chosen), refit: refit?.[0] ?? own },
      mean_oos_sharpe: mean,
      reasons: mean === null ? { mean_oos_sharpe: reasonOf(splits) } : {},
      ...(splits !== undefined && { given_up_after: splits }),
    };
  });
  const { method, seed, grid_cells: all } = search;
  return {
    ...{ sets: sets.length, trials, rows: sets, best: bestOf(sets) },
    search: { method, seed, sets: all, given_up: givenUp.size },
  };
}

const reasonOf = (splits: number | undefined): string =>
  splits === undefined
    ? `not each of the ${CV_SPLITS} splits has one`
    : `given up after ${splits} of ${CV_SPLITS} splits: worse than the median of the earlier whole trials`;
