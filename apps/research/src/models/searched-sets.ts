import type { TuneModelPayload } from '@assay/contracts';
import { gridSize, type ModelPlugin } from '@assay/pipeline';
import { invalid } from '@assay/primitives';
import { searchOf } from '../backtests/sweeps/planned-grid';
import type { TuneModelDto } from './model.request';
import { searchedValues } from './searched-values';

/**
 * Which sets of hyper-parameters a request for a tuning of a kind of model tries.
 * @throws DomainError `validation_failed` that names the field.
 */
export function searchedSets(
  plugin: ModelPlugin,
  { strategy_id: _, refit, method = 'exhaustive', trials: samples, seed, prune = 'none', ...given }: TuneModelDto,
): Pick<TuneModelPayload, 'values' | 'refit' | 'search' | 'prune'> {
  const schedules = refit?.length ?? 1;
  const isDrawn = method !== 'exhaustive';
  const values = searchedValues(plugin, given, { schedules, isDrawn });
  const sets = gridSize(Object.values(values).map((list) => ({ values: list })));
  const search = searchOf({ search: { method, samples, seed } }, sets, { samples: 'trials', seed: 'seed' });
  if (!isDrawn && prune === 'none') return { values, refit: refit ?? null };
  if (schedules > 1) {
    const message = `refit must be one schedule where sets are drawn or given up, were ${schedules}; for a search over schedules: POST /backtests/sweep with model.refit.every and model.refit.min_train`;
    throw invalid([{ field: 'refit', rule: 'max_items', value: schedules, message }]);
  }
  return { values, refit: refit ?? null, search, prune };
}
