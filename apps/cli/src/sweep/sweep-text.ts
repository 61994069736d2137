import { axisStrides, coordinateOf, resultMatrix } from '@assay/quant';
import { accountingText } from '../output/accounting';
import { heatmap, type HeatmapMark } from '../output/heatmap';
import { counted, shown, table } from '../output/table';
import { directionOf, type RankedBy } from './search-flags';
import { rowAt, type JudgedSweep } from './sweep-result';

const BY_WORDS = {
  sharpe: 'Sharpe ratio',
  total_return: 'total return',
  max_drawdown: 'smallest drawdown',
  plateau: 'plateau score',
};

const wordsOf = (by: RankedBy): string =>
  Object.hasOwn(BY_WORDS, by) ? BY_WORDS[by as keyof typeof BY_WORDS] : `${by}, the ${directionOf(by)} first`;

/** Letters for the best cell by the figure of the map and the best plateau, on the map of the two axes. */
function marksOf({ grid, bestPlateau }: JudgedSweep, best: number, rows: number, columns: number): HeatmapMark[] {
  const strides = axisStrides(grid.axes);
  const place = (cell: number, axis: number): number =>
    coordinateOf(grid.positions?.[cell] ?? cell, strides[axis], grid.axes[axis].size);
  const mark = (letter: string, meaning: string, cell: number): HeatmapMark => ({
    letter,
    meaning,
    row: place(cell, rows),
    column: place(cell, columns),
  });
  return bestPlateau < 0 ? [] : [mark('B', 'best', best), mark('P', 'best plateau', bestPlateau)];
}

/**
 * The Sharpe ratio, or the total return where that is asked for, over the first two parameters that vary; null when fewer
 * do, or when only some cells are known.
 */
function mapOf(sweep: JudgedSweep, colour: boolean): string | null {
  const { axes, columns, values, grid, search, by } = sweep;
  const varied = axes.flatMap(({ length }, axis) => (length > 1 ? [axis] : []));
  if (search !== null || varied.length < 2 || sweep.plateau.length === 0) return null;
  const [rows, across, ...others] = varied;
  const reduced = others.length === 0 ? '' : `, the highest over ${others.map((axis) => columns[axis]).join(', ')}`;
  const figure = by === 'total_return' ? 'total_return' : 'sharpe';
  const best = figure === by ? sweep.top[0] : sweep.best;
  return heatmap(
    {
      title: `${BY_WORDS[figure].replace(/^t/, 'T')} of ${columns[rows]} (down) and ${columns[across]} (across)${reduced}`,
      rows: { name: columns[rows], values: axes[rows] },
      columns: { name: columns[across], values: axes[across] },
      values: resultMatrix(grid, values[columns.lastIndexOf(figure)], { rows, columns: across }, 'max').values,
      marks: marksOf(sweep, best, rows, across),
    },
    colour,
  );
}

function plateauLine({ axes, columns, values, bestPlateau, plateau }: JudgedSweep): string[] {
  if (bestPlateau < 0) return [];
  const row = rowAt(values, bestPlateau);
  const parameters = columns.slice(0, axes.length).map((name, c) => `${name} ${shown(row[c])}`);
  const sharpe = row[columns.lastIndexOf('sharpe')];
  return [`best plateau: ${parameters.join(', ')} with score ${shown(plateau[bestPlateau])}, Sharpe ${shown(sharpe)}`];
}

/** The answer for people: the best cells, what was looked at, and a map of it. */
export function sweepText(sweep: JudgedSweep, colour: boolean): string {
  const { columns, values, plateau, top, best, by, ms, threads, sampled, idle } = sweep;
  const rows = Array.from(top, (cell) => [...rowAt(values, cell), plateau[cell]]);
  const noun = plateau.length === 1 ? 'cell' : 'cells';
  const cells = `${counted(plateau.length)} ${noun} in ${ms.toFixed(1)} ms on ${threads} thread${threads === 1 ? '' : 's'}`;
  const map = mapOf(sweep, colour);
  return [
    table([...columns, 'plateau'], rows),
    `${cells}; the best ${top.length} by ${wordsOf(by)}\n`,
    ...(sampled === null ? [] : [`${sampled}\n`]),
    ...(idle === 0 ? [] : [`${counted(idle)} held nothing, and cannot be the best of them\n`]),
    ...(best < 0 ? ['no cell has a Sharpe ratio: the returns of none vary\n'] : []),
    ...plateauLine(sweep).map((line) => `${line}\n`),
    accountingText(sweep.accounting),
    ...(sweep.pruned === undefined
      ? [`scored from the first bar${sweep.scoredFrom === 'lookback' ? ' after the lookback of each cell' : ''}\n`]
      : [
          'means over the splits of purged cross-validation, from the first bar on that the policies score\n',
          `${counted(sweep.pruned)} cells were given up on the way\n`,
        ]),
    ...(map === null ? [] : [`\n${map}`]),
  ].join('');
}
