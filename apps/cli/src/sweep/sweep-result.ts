import type { SweptDocument } from '@assay/pipeline';
import { cellCount, gridOfColumns, idleCells, ofHeldCells, plateauScores, topCells, type CellGrid } from '@assay/quant';
import type { Accounting } from '../output/accounting';
import { counted } from '../output/table';
import { directionOf, type RankedBy, type SampledSearch } from './search-flags';

/** A finished sweep: parameter columns, then total_return, sharpe, max_drawdown and the metric it is ranked by, one row per cell in grid order. */
export interface SweepTable {
  columns: string[];
  values: Float64Array[];
  /** The values of each parameter, ascending, whether or not they were evaluated. */
  axes: Float64Array[];
  /** Cells of the whole grid. */
  gridCells: number;
  /** Null when every cell was evaluated. */
  search: SampledSearch | null;
  accounting: Accounting;
  /** The lookback is each cell's own. */
  scoredFrom: 'first_bar' | 'lookback' | 'policy';
  /** Of a cross-validated sweep: how many cells were given up on the way. */
  pruned?: number;
  /** The document of a cell with these parameters; templates have none. */
  documentOf?: (parameters: readonly number[]) => SweptDocument;
  /** From parsed bars to filled result arrays. */
  ms: number;
  threads: number;
}

/** A sweep with its cells judged: what both forms of output show. */
export interface JudgedSweep extends SweepTable {
  grid: CellGrid;
  by: RankedBy;
  /** The best cells by `by`; none that held nothing. */
  top: Uint32Array;
  /** Cell with the highest Sharpe ratio; -1 when none has one. */
  best: number;
  /** Cell with the highest plateau score; -1 when none has one. */
  bestPlateau: number;
  /** Plateau score of every row's Sharpe ratio. */
  plateau: Float64Array;
  /** How many cells held nothing. */
  idle: number;
  /** Says that not every cell was looked at; null when every one was. */
  sampled: string | null;
}

/** Name of the score's column. */
export const PLATEAU = 'plateau';

export function rowAt(values: readonly Float64Array[], cell: number): number[] {
  const row = new Array<number>(values.length);
  for (let c = 0; c < row.length; c += 1) row[c] = values[c][cell];
  return row;
}

function sampledNote({ search, gridCells }: SweepTable): string | null {
  if (search === null) return null;
  const { method, samples, seed } = search;
  const all = samples === gridCells;
  const share = all ? `all ${counted(gridCells)}` : `${counted(samples)} of ${counted(gridCells)}`;
  return `sampled ${share} cells by ${method}, seed ${seed}${all ? '' : ': the best may not be among them'}`;
}

function highestDefined(scores: Float64Array): number {
  const cell = topCells(scores, 1)[0] ?? -1;
  return Number.isNaN(scores[cell]) ? -1 : cell;
}

/** Ranks the cells of a sweep and scores their plateaus. */
export function judge(sweep: SweepTable, by: RankedBy, top: number): JudgedSweep {
  const { columns, values, axes } = sweep;
  const grid = gridOfColumns(axes, values.slice(0, axes.length));
  const figure = (name: string): Float64Array => values[columns.lastIndexOf(name)];
  const plateau = cellCount(grid) === 0 ? new Float64Array(0) : plateauScores(grid, figure('sharpe'));
  const idle = idleCells(figure('total_return'), figure('max_drawdown'));
  const ranked = topCells(ofHeldCells(by === PLATEAU ? plateau : figure(by), idle), top, directionOf(by));
  return {
    ...sweep,
    grid,
    by,
    top: ranked.filter((cell) => idle[cell] === 0),
    idle: idle.reduce((cells, one) => cells + one, 0),
    best: highestDefined(figure('sharpe')),
    bestPlateau: highestDefined(plateau),
    plateau,
    sampled: sampledNote(sweep),
  };
}
