/* eslint-disable @typescript-eslint/no-require-imports -- JSON does without the text's layout */
import { accountingDocument } from '../output/accounting';
import type { Io } from '../output/io';
import type { RankedBy } from './search-flags';
import { judge, PLATEAU, rowAt, type JudgedSweep, type SweepTable } from './sweep-result';

function jsonOf(sweep: JudgedSweep): string {
  const {
    columns,
    values,
    ms,
    threads,
    accounting,
    scoredFrom,
    search,
    gridCells,
    by,
    top,
    best,
    bestPlateau,
    plateau,
    sampled,
  } = sweep;
  const cells = plateau.length;
  const cellOf = (cell: number): Record<string, number> =>
    Object.fromEntries(rowAt(values, cell).map((value, c) => [columns[c], value]));
  const judgedCell = (cell: number): Record<string, number> => ({ ...cellOf(cell), [PLATEAU]: plateau[cell] });
  // NaN becomes null by itself, and a replacer would be called for every number of every row
  return `${JSON.stringify({
    cells,
    ms: Number(ms.toFixed(3)),
    threads,
    accounting: accountingDocument(accounting),
    scored_from: scoredFrom === 'first_bar' ? { index: 0, rule: scoredFrom } : { index: null, rule: scoredFrom },
    best: best < 0 ? null : cellOf(best),
    search: {
      method: search?.method ?? 'exhaustive',
      grid_cells: gridCells,
      samples: search?.samples ?? null,
      seed: search?.seed ?? null,
      ...(sampled === null ? {} : { note: sampled }),
    },
    top_by: by,
    top: Array.from(top, judgedCell),
    plateau: bestPlateau < 0 ? null : judgedCell(bestPlateau),
    columns,
    rows: Array.from({ length: cells }, (_, cell) => rowAt(values, cell)),
  })}\n`;
}

/** Prints a sweep with its `top` best cells `by` a figure. */
export function writeSweep(sweep: SweepTable, choice: { by: RankedBy; top: number; json: boolean }, io: Io): void {
  const judged = judge(sweep, choice.by, choice.top);
  if (choice.json) io.out(jsonOf(judged));
  else io.out((require('./sweep-text') as typeof import('./sweep-text')).sweepText(judged, io.outHasColour));
}
