import { CV_SPLITS, medianBounds, type StrategySweep } from '@assay/pipeline';
import { CrossValidatedCells } from './cross-validated-cells';

/** Of cell c the mean after every split is c; one that a bound is above is given up after 6 splits. */
function judging(rounds: { cells: number[]; bounds: (number | null)[] }[]) {
  return (cells: Uint32Array, { bounds }: { bounds: (number | null)[] }): Promise<StrategySweep> => {
    rounds.push({ cells: [...cells], bounds });
    const lengths = Array.from(cells, (cell) => (cell < (bounds[5] ?? -Infinity) ? 6 : CV_SPLITS));
    const figure = Float64Array.from(cells, (cell, i) => (lengths[i] === CV_SPLITS ? cell : NaN));
    return Promise.resolve({
      ...{ cells, columns: [], values: [], categories: [], returns: [], trained: [], tested: [], idle: [] },
      ...{ totalReturn: figure, sharpe: figure, maxDrawdown: figure, metric: new Float64Array(0) },
      running: Array.from(cells, (cell, i) => new Float64Array(lengths[i]).fill(cell)),
    });
  };
}

describe('cross-validated cells', () => {
  it('are judged in rounds of 20 by the whole ones before the round', async () => {
    const rounds: { cells: number[]; bounds: (number | null)[] }[] = [];
    const judged = new CrossValidatedCells('sharpe', true, judging(rounds));
    const cells = Uint32Array.from({ length: 45 }, (_, i) => (i < 20 ? i : 49 - i));
    const { sharpe } = await judged.sweep(cells);
    expect(rounds.map((round) => round.cells.length)).toEqual([20, 20, 5]);
    expect(rounds[0].bounds).toEqual(Array(CV_SPLITS).fill(null));
    expect(rounds[1].bounds).toEqual(Array(CV_SPLITS).fill(9.5));
    const whole = [...cells.subarray(0, 40)].filter((_, i) => !Number.isNaN(sharpe[i]));
    const expected = medianBounds(
      whole.map((mean) => Array<number>(CV_SPLITS).fill(mean)),
      'sharpe',
    );
    expect(rounds[2].bounds).toEqual(expected);
    expect(judged.pruned).toBe(sharpe.filter((value) => Number.isNaN(value)).length);
    expect(judged.pruned).toBeGreaterThan(0);
  });

  it('are judged at once, and to their end, where none is given up', async () => {
    const rounds: { cells: number[]; bounds: (number | null)[] }[] = [];
    const judged = new CrossValidatedCells('sharpe', false, judging(rounds));
    await judged.sweep(Uint32Array.from({ length: 45 }, (_, i) => i));
    expect(rounds.map(({ cells, bounds }) => [cells.length, bounds])).toEqual([[45, []]]);
    expect(judged.pruned).toBe(0);
  });
});
