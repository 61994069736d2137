/* eslint-disable @typescript-eslint/no-require-imports -- JSON does without the text's layout */
import { writeFileSync } from 'node:fs';
import { UsageError } from '../args/usage-error';
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
    pruned,
    idle,
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
    ...(pruned === undefined ? {} : { objective: 'cpcv', pruned }),
    best: best < 0 ? null : cellOf(best),
    search: {
      method: search?.method ?? 'exhaustive',
      grid_cells: gridCells,
      samples: search?.samples ?? null,
      seed: search?.seed ?? null,
      ...(sampled === null ? {} : { note: sampled }),
    },
    idle_cells: idle,
    top_by: by,
    top: Array.from(top, judgedCell),
    plateau: bestPlateau < 0 ? null : judgedCell(bestPlateau),
    columns,
    rows: Array.from({ length: cells }, (_, cell) => rowAt(values, cell)),
  })}\n`;
}

/** Prints a sweep with its `top` best cells `by` a figure. */
export function writeSweep(
  sweep: SweepTable,
  choice: { by: RankedBy; top: number; json: boolean; emit?: string },
  io: Io,
): void {
  const judged = judge(sweep, choice.by, choice.top);
  if (choice.emit !== undefined) emitBest(judged, choice.emit);
  if (choice.json) io.out(jsonOf(judged));
  else io.out((require('./sweep-text') as typeof import('./sweep-text')).sweepText(judged, io.outHasColour));
}

/** Writes the document of the best cell. @throws UsageError where no cell has the figure, or the file cannot be written. */
function emitBest({ top, by, values, columns, plateau, axes, idle, documentOf }: JudgedSweep, path: string): void {
  const best = top[0];
  const figure = by === PLATEAU ? plateau : values[columns.lastIndexOf(by)];
  if (best === undefined || Number.isNaN(figure[best]))
    throw new UsageError(
      `--emit has no best cell: ${idle === plateau.length ? 'none held anything' : `none that traded has a ${by}`}`,
    );
  const document = documentOf!(rowAt(values, best).slice(0, axes.length));
  try {
    writeFileSync(path, `${JSON.stringify(document, null, 2)}\n`);
  } catch (error) {
    throw new UsageError(`--emit must be a file that can be written, was ${path} (${(error as Error).message})`);
  }
}
