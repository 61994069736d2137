import { CV_SPLITS, type CvFigure } from '@assay/pipeline';
import { idleCells, ofHeldCells } from '@assay/quant';
import { hasPlateaus, plateauOfRows, placeRows } from './sweep-grid';
import type {
  RankedBy,
  RankedCell,
  SweepFigures,
  SweepPayload,
  SweepResult,
  SweptCell,
  ParamValue,
} from '@assay/contracts';
import { directionOf, figureOf, metricOf, rankedRows } from './sweep-search';

const MOST_RANKED = 20;
export const FIGURES = ['total_return', 'sharpe', 'max_drawdown'] as const satisfies readonly CvFigure[];

export const toColumn = (values: readonly (number | null)[]): Float64Array =>
  Float64Array.from(values, (x) => x ?? NaN);
const orNull = (x: number): number | null => (Number.isNaN(x) ? null : x);
export const toNullable = (column: Float64Array): (number | null)[] => Array.from(column, orNull);

/** What was evaluated, in the order in which it was asked for. */
export interface EvaluatedCells extends SweepFigures {
  /** Values of the parameters; of candidates null. */
  values: ParamValue[][] | null;
}

function noteOf({ search: { method, seed } }: SweepPayload, cells: number, size: number): string | undefined {
  if (cells === size) return undefined;
  return `sampled ${cells} of ${size} cells by ${method}, seed ${seed}: the best may not be among them`;
}

/** Which cells were given up, and after how many splits with what mean of the figure. */
function pruningOf({ prune }: SweepPayload, { running = [] }: EvaluatedCells): SweepResult['pruning'] {
  const cells = running.flatMap((means, index) =>
    means.length < CV_SPLITS ? [{ index, splits: means.length, mean: means.at(-1) ?? null }] : [],
  );
  return { rule: prune ?? 'none', splits: CV_SPLITS, cells };
}

const idleOf = (found: EvaluatedCells): Uint8Array =>
  idleCells(toColumn(found.total_return), toColumn(found.max_drawdown));

/** What cells are ranked by, of every row; for plateaus the Sharpe ratio. NaN where it is undefined, and where a cell held nothing. */
export function searchedColumn(found: EvaluatedCells, by: RankedBy): Float64Array {
  const figure = metricOf(by) ? found.metric! : found[figureOf(by) as (typeof FIGURES)[number]];
  return ofHeldCells(toColumn(figure), idleOf(found));
}

/** The answer to a sweep but for the count of trials. */
export function sweepAnswer(
  payload: SweepPayload,
  size: number,
  found: EvaluatedCells,
): Omit<SweepResult, 'trials' | 'periods_per_year'> {
  const { params, candidates, search, by, top } = payload;
  const cells = found.sharpe.length;
  const own = metricOf(by);
  const names = params?.map(({ path }) => path) ?? null;
  const rows = found.sharpe.map((_, row) => [
    ...(found.values?.[row] ?? [row]),
    ...FIGURES.map((figure) => found[figure][row]!),
    ...(own ? [found.metric![row]!] : []),
  ]);
  const sharpe = toColumn(found.sharpe);
  const scores = params && hasPlateaus(params) ? plateauOfRows(placeRows(params, rows), sharpe) : null;
  const cellOf = (row: number): SweptCell => ({
    index: row,
    params: names
      ? Object.fromEntries(names.map((name, p) => [name, found.values![row]![p]!]))
      : { rule_tree: candidates![row]!.rule_tree, position_mode: candidates![row]!.position_mode },
    total_return: found.total_return[row]!,
    sharpe: found.sharpe[row]!,
    max_drawdown: found.max_drawdown[row]!,
    ...(own && { [own]: found.metric![row]! }),
  });
  const rankedCell = (row: number): RankedCell => ({ ...cellOf(row), plateau: scores && orNull(scores[row]!) });
  const ranking = rankedRows(sharpe, MOST_RANKED);
  const metric = by === 'plateau' ? scores! : searchedColumn(found, by);
  const [bestPlateau] = scores ? rankedRows(scores, 1) : [];
  const note = noteOf(payload, cells, size);
  const isCrossValidated = payload.objective === 'cpcv';
  return {
    cells,
    search: { ...search, grid_cells: size, ...(note === undefined ? {} : { note }) },
    scored_from: { rule: isCrossValidated ? 'policy' : 'lookback' },
    objective: payload.objective ?? 'backtest',
    ...(isCrossValidated && { pruning: pruningOf(payload, found) }),
    columns: [...(names ?? ['index']), ...FIGURES, ...(own ? [own] : [])],
    rows,
    best: ranking.length > 0 ? cellOf(ranking[0]!) : null,
    ranking,
    idle_cells: idleOf(found).reduce((count, idle) => count + idle, 0),
    top_by: by,
    top: rankedRows(metric, top, directionOf(by)).map(rankedCell),
    plateau: bestPlateau === undefined ? null : rankedCell(bestPlateau),
    plateau_scores: scores && toNullable(scores),
  };
}
