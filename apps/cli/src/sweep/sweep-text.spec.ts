import { judge, type SweepTable } from './sweep-result';
import type { RankedBy } from './search-flags';
import { sweepText } from './sweep-text';

/** Two fast and two slow means; of each cell its total return and Sharpe ratio. */
function sweepOf(figures: [totalReturn: number, sharpe: number, maxDrawdown?: number][], fast = [1, 2]): SweepTable {
  const axes = [Float64Array.from(fast), Float64Array.of(5, 6)].map((axis, i) =>
    i === 1 && figures.length === 1 ? axis.subarray(0, 1) : axis,
  );
  const cells = figures.map((_, cell) => [axes[0][Math.floor(cell / 2)], axes[1][cell % 2]]);
  const column = (values: number[]): Float64Array => Float64Array.from(values);
  return {
    columns: ['fast', 'slow', 'total_return', 'sharpe', 'max_drawdown'],
    values: [
      column(cells.map(([value]) => value)),
      column(cells.map(([, value]) => value)),
      column(figures.map(([value]) => value)),
      column(figures.map(([, value]) => value)),
      column(figures.map(([, , maxDrawdown = 0.1]) => maxDrawdown)),
    ],
    axes,
    gridCells: figures.length,
    search: null,
    accounting: {
      mode: 'all_in',
      fill: 'close',
      costs: { feeBps: 5, slippageBps: 0, spreadBps: 0 },
      periodsPerYear: 252,
    },
    ms: 1,
    scoredFrom: 'first_bar',
    threads: 1,
  };
}

const textOf = (sweep: SweepTable, by: RankedBy = 'sharpe'): string => sweepText(judge(sweep, by, 10), false);

describe('the text of a sweep', () => {
  it('says what the figures rest on', () => {
    const text = textOf(sweepOf([[0.1, 1]], [1]));
    expect(text).toContain('\n1 cell in 1.0 ms on 1 thread; the best 1 by Sharpe ratio\n');
    expect(text).toContain('\naccounting all_in, fill close, fee 5 bps per side, 252 bars per year\n');
  });

  it('says that no cell has a Sharpe ratio, and then has no best one and no map', () => {
    const flat = sweepOf([
      [0, NaN],
      [0, NaN],
      [0, NaN],
      [0, NaN],
    ]);
    expect(judge(flat, 'sharpe', 10).best).toBe(-1);
    expect(textOf(flat)).toContain('\nno cell has a Sharpe ratio: the returns of none vary\n');
    expect(textOf(flat)).not.toContain('░');
    expect(textOf(sweepOf([[0.1, 1]], [1]))).not.toContain('no cell has');
  });

  it.each(['max_drawdown', 'total_return', 'plateau'] as const)('by %s has no best cell that held nothing', (by) => {
    const sweep = sweepOf([
      [0, NaN, 0],
      [-0.1, -1, 0.3],
      [-0.2, -2, 0.2],
      [0, NaN, 0],
    ]);
    const { top, idle } = judge(sweep, by, 10);
    expect([[...top], idle]).toEqual([by === 'max_drawdown' ? [2, 1] : [1, 2], 2]);
    expect(textOf(sweep, by)).toContain('\n2 held nothing, and cannot be the best of them\n');
    expect(textOf(sweepOf([[0.1, 1]], [1]))).not.toContain('held nothing');
  });

  it('maps the total return where cells are ranked by it, with its best cell', () => {
    const sweep = sweepOf([
      [0.4, 1],
      [0.1, 4],
      [0.2, 2],
      [0.3, 3],
    ]);
    const [, byReturn] = textOf(sweep, 'total_return').split('\n\n');
    expect(byReturn).toMatch(/^Total return of fast \(down\) and slow \(across\)\nfast\n +1 B/);
    const [, bySharpe] = textOf(sweep).split('\n\n');
    expect(bySharpe).toMatch(/^Sharpe ratio of fast \(down\) and slow \(across\)\nfast\n +1 [^B]{6}[B*]/);
  });
});
