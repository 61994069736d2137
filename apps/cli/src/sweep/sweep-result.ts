import type { Io } from '../output/io';
import { toJson } from '../output/json';
import { table } from '../output/table';

/** Columns of every sweep after its parameters. */
export const FIGURES = ['total_return', 'sharpe', 'max_drawdown'];
const BEST_ROWS = 10;

/** A finished sweep: parameter columns, then total_return, sharpe, max_drawdown, one row per cell in grid order. */
export interface SweepTable {
  columns: string[];
  values: Float64Array[];
  /** From parsed bars to filled result arrays. */
  ms: number;
  threads: number;
}

const rowAt = (values: readonly Float64Array[], cell: number): number[] => values.map((column) => column[cell]);

/** Cells by falling Sharpe ratio, undefined last, ties in grid order. */
function ranking(sharpe: Float64Array): number[] {
  const rank = (x: number): number => (Number.isNaN(x) ? -Infinity : x);
  return Array.from(sharpe.keys()).sort((a, b) => rank(sharpe[b]) - rank(sharpe[a]) || a - b);
}

export function writeSweep({ columns, values, ms, threads }: SweepTable, json: boolean, io: Io): void {
  const sharpe = values[columns.length - 2];
  const cells = sharpe.length;
  const ranked = ranking(sharpe);
  if (!json) {
    const best = ranked.slice(0, BEST_ROWS).map((cell) => rowAt(values, cell));
    io.out(table(columns, best));
    io.out(
      `${cells} cells in ${ms.toFixed(1)} ms on ${threads} thread${threads === 1 ? '' : 's'}; the best ${best.length} by Sharpe ratio\n`,
    );
    return;
  }
  const best = cells === 0 ? null : Object.fromEntries(rowAt(values, ranked[0]).map((value, c) => [columns[c], value]));
  const rows = Array.from({ length: cells }, (_, cell) => rowAt(values, cell));
  io.out(toJson({ cells, ms: Number(ms.toFixed(3)), threads, best, columns, rows }));
}
