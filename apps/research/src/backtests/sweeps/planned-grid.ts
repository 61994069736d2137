import { gridOf, gridSize, planSweep, type SweepPlan, type SweptDocument } from '@assay/pipeline';
import { invalid } from '@assay/primitives';
import type { SweepSearch, SweptParam, UniverseDocument } from '@assay/contracts';
import { documentOf } from '../../recipes/recipe-document';
import { onlySymbol, type Recipe } from '../../recipes/recipe';
import { hasPlateaus, MOST_GRID_CELLS } from './sweep-grid';
import { valuesOfParam } from './sweep-range';
import { assertSweptPaths, assertSweptUniversePaths } from './swept-paths';
import { MOST_CELLS, MOST_TPE_SAMPLES, type SweepDto } from './sweep.request';

/** Cells are numbered with 32 bits. */
export const MOST_DRAWN_GRID_CELLS = 2 ** 32 - 1;
const DEFAULT_SEED = 1;

/** What a grid is asked for with. */
export type AskedGrid = Pick<SweepDto, 'strategy_id' | 'params' | 'constraints' | 'search'> & { by?: string };

/** What a request calls the parts of its search. */
const SEARCH_FIELDS = { samples: 'search.samples', seed: 'search.seed' };

/** @throws DomainError naming the field of a search that does not fit the grid of so many cells */
export function searchOf(
  { search }: Pick<AskedGrid, 'search'>,
  size: number,
  fields: Readonly<typeof SEARCH_FIELDS> = SEARCH_FIELDS,
): SweepSearch {
  const { method = 'exhaustive', samples, seed } = search ?? {};
  const refuseField = (field: string, rule: string, value: unknown, must: string): never => {
    const message = `${field} must ${must}, was ${String(value)}`;
    throw invalid([{ field, rule, value: value ?? null, message }]);
  };
  if (method === 'exhaustive') {
    if (samples !== undefined) refuseField(fields.samples, 'sampled_only', samples, 'belong to random or tpe');
    if (seed !== undefined) refuseField(fields.seed, 'sampled_only', seed, 'belong to random or tpe');
    if (size > MOST_CELLS) {
      const message = `params must make at most ${MOST_CELLS} cells, because each is a trial (or be sampled by search), were ${size}`;
      throw invalid([{ field: 'params', rule: 'max_cells', value: size, message }]);
    }
    return { method, samples: null, seed: null };
  }
  if (samples === undefined) return refuseField(fields.samples, 'required', 'missing', `be given for ${method}`);
  const most = Math.min(size, method === 'tpe' ? MOST_TPE_SAMPLES : MOST_CELLS);
  if (samples > most) {
    const why = most === size ? `the ${size} cells of the grid` : String(most);
    refuseField(fields.samples, 'max', samples, `be at most ${why}`);
  }
  return { method, samples, seed: seed ?? DEFAULT_SEED };
}

/** @throws DomainError naming the parameter, the constraint or the path that makes no grid */
export function plannedGrid(
  of: Recipe | UniverseDocument,
  body: AskedGrid,
): { params: SweptParam[]; existing: SweepPlan['existing']; size: number } {
  const document = checkedPaths(of, body);
  const params = body.params!.map((param, i) => ({
    path: param.path,
    values: valuesOfParam(param, i),
    ...(param.when && { when: param.when }),
  }));
  const product = gridSize(params);
  // cells that are drawn from a whole grid are never enumerated
  const isDrawn = body.search !== undefined && body.search.method !== 'exhaustive';
  const isWhole = body.constraints === undefined && params.every(({ when }) => when === undefined);
  const most = isDrawn && isWhole ? MOST_DRAWN_GRID_CELLS : MOST_GRID_CELLS;
  if (product > most) {
    const message = `params must make at most ${most} cells, excluded ones included, were ${product}`;
    throw invalid([{ field: 'params', rule: 'max_cells', value: product, message }]);
  }
  if (body.by === 'plateau' && !hasPlateaus(params)) {
    const message = `by must be another figure for more than ${MOST_GRID_CELLS} cells, these have no plateau scores, was plateau`;
    throw invalid([{ field: 'by', rule: 'max_cells', value: body.by, message }]);
  }
  const plan = atParams(params, () => planSweep(document, params, body.constraints));
  const { size } = gridOf(plan);
  if (size > 0) return { params, existing: plan.existing, size };
  const message = 'constraints must leave at least one cell, none was left';
  throw invalid([{ field: 'constraints', rule: 'min_cells', value: body.constraints, message }]);
}

/** The document whose paths are swept. @throws DomainError naming a path that must not be */
function checkedPaths(of: Recipe | UniverseDocument, { strategy_id: strategyId, params }: AskedGrid): SweptDocument {
  if ('portfolio' in of) {
    assertSweptUniversePaths(params!);
    return of;
  }
  assertSweptPaths(params!);
  return documentOf(of, onlySymbol(of), { strategyId, name: '', revision: 1 });
}

/** A refused path is reported at the parameter that has it. */
function atParams<T>(params: readonly SweptParam[], make: () => T): T {
  try {
    return make();
  } catch (error) {
    const [first] =
      (error as { errors?: { field: string; rule: string; value: unknown; message: string }[] }).errors ?? [];
    const param = params.findIndex(({ path }) => path === first?.value);
    if (!first || first.field !== 'param' || param < 0) throw error;
    const field = `params[${param}].path`;
    throw invalid([{ ...first, field, message: `${field}: ${first.message}` }]);
  }
}
