import { invalidField } from '@assay/primitives';
import type { Recipe } from '../../recipes/recipe';
import { isUniverseRecipe } from '../../recipes/recipe-universe';
import { plannedGrid, searchOf } from '../../backtests/sweeps/planned-grid';
import type { SearchedSpace } from '../../records/validations/validation-request';
import type { WalkForwardDto } from '../validation.request';

/** What belongs to a space of parameters. */
const OF_SPACE = ['constraints', 'search', 'by'] as const;

/** @throws DomainError for what belongs to params and was given without them */
export function assertNoSpace(asked: WalkForwardDto): void {
  const field = OF_SPACE.find((name) => asked[name] !== undefined);
  if (field === undefined) return;
  const message = `${field} must belong to params, a strategy without a space of parameters chooses nothing, was ${JSON.stringify(asked[field])}`;
  throw invalidField(field, 'params_only', asked[field], message);
}

/**
 * The space of a walk-forward that searches, as it is kept.
 * @throws DomainError naming the parameter, the constraint or the field of the search that is wrong; for a universe; for an account's currency
 */
export function searchedSpace(recipe: Recipe, asked: WalkForwardDto): SearchedSpace {
  const { constraints = [], by = 'sharpe_ratio' } = asked;
  if (isUniverseRecipe(recipe)) {
    const message = `params must not be given for a strategy over a universe, which is not searched in folds: sweep them instead`;
    throw invalidField('params', 'one_symbol', asked.params!.length, message);
  }
  const currency = (['fx', 'account_currency'] as const).find((name) => asked[name] !== undefined);
  if (currency !== undefined) {
    const message = `${currency} must not be given with params: every cell is a trial, and trials are in the currency of the prices`;
    throw invalidField(currency, 'not_with_params', asked[currency], message);
  }
  const { params, existing, size } = plannedGrid(recipe, { ...asked, by });
  const { method, samples, seed } = searchOf(asked, size);
  return {
    ...{ params, constraints, existing, by },
    search: method === 'random' ? { method, samples: samples!, seed: seed! } : { method: 'exhaustive' },
  };
}
