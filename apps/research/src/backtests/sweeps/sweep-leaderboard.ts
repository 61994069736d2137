import type { RankedBy, SweptParams, SweptTable } from '@assay/contracts';
import { invalid } from '@assay/primitives';
import { idleCells, ofHeldCells } from '@assay/quant';
import { assertColumn } from './sweep-columns';
import { FIGURES, toColumn } from './sweep-answer';
import { directionOf, rankedRows } from './sweep-search';
import type { LeaderboardQuery } from './sweep.request';
import type { SweepLeaderboardDto } from './sweep.response';

const DEFAULT_LIMIT = 20;

/**
 * The cells of a sweep from the best on, without those whose figure is undefined and those that held nothing; then how many there are of each kind.
 * @throws DomainError `validation_failed` for plateau scores of a sweep that has none.
 */
export function leaderboard(
  { params, candidates }: SweptParams,
  { columns, rows, plateau_scores: scores, top_by, objective = 'backtest', pruning }: SweptTable,
  { by = top_by ?? 'sharpe', limit = DEFAULT_LIMIT }: LeaderboardQuery,
): SweepLeaderboardDto {
  if (by === 'plateau' && !scores) {
    const message = 'by must be a figure of the cells, these have no neighbours and so no plateau, was plateau';
    throw invalid([{ field: 'by', rule: 'grid_only', value: by, message }]);
  }
  assertColumn('by', by, columns);
  const figure = (name: Exclude<RankedBy, 'plateau'>, row: number): number | null =>
    rows[row]![columns.lastIndexOf(name)] as number | null;
  const values = by === 'plateau' ? scores! : rows.map((_, row) => figure(by, row));
  const column = (name: (typeof FIGURES)[number]): Float64Array => toColumn(rows.map((_, row) => figure(name, row)));
  const idle = idleCells(column('total_return'), column('max_drawdown'));
  const ranked = rankedRows(ofHeldCells(toColumn(values), idle), limit, directionOf(by));
  const paramsOf = (row: number): Record<string, unknown> =>
    params
      ? Object.fromEntries(params.map(({ path }, p) => [path, rows[row]![p]]))
      : { rule_tree: candidates![row]!.rule_tree, position_mode: candidates![row]!.position_mode };
  return {
    by,
    objective,
    cells: rows.length,
    pruned: pruning?.cells.length ?? 0,
    undefined_cells: values.filter((value) => value === null).length - (pruning?.cells.length ?? 0),
    idle_cells: idle.reduce((count, one) => count + one, 0),
    items: ranked.map((row, place) => ({
      rank: place + 1,
      cell: row,
      params: paramsOf(row),
      ...(Object.fromEntries(FIGURES.map((name) => [name, figure(name, row)])) as Record<
        (typeof FIGURES)[number],
        number | null
      >),
      plateau: scores?.[row] ?? null,
      value: values[row]!,
    })),
  };
}
