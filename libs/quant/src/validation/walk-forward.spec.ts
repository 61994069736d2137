import { outcome } from '../../../testing/src/quant/hostile-series';
import { walkForwardSplits } from './walk-forward';

describe('walkForwardSplits', () => {
  it('follows the policy layout: test = floor(T / 7), train = T - 5 test, gap from the train end', () => {
    const splits = walkForwardSplits({ from: 252, to: 952, folds: 5, ratio: 2, gap: 5, kind: 'rolling' });
    expect(splits.map((s) => s.test)).toEqual([
      [452, 552],
      [552, 652],
      [652, 752],
      [752, 852],
      [852, 952],
    ]);
    expect(splits.map((s) => s.train)).toEqual([
      [252, 447],
      [352, 547],
      [452, 647],
      [552, 747],
      [652, 847],
    ]);
  });

  it('anchors the train start when expanding, and gives the remainder to the train', () => {
    const splits = walkForwardSplits({ from: 0, to: 103, folds: 5, ratio: 5, gap: 1, kind: 'expanding' });
    expect(splits[0]).toEqual({ train: [0, 52], test: [53, 63] });
    expect(splits[4]).toEqual({ train: [0, 92], test: [93, 103] });
  });

  it('refuses what leaves no bars, naming the field', () => {
    const base = { from: 0, to: 70, folds: 5, ratio: 2, gap: 5, kind: 'rolling' as const };
    expect(() => walkForwardSplits({ ...base, to: 6 })).toThrow('to - from must be at least 7 bars for 5 folds, was 6');
    expect(() => walkForwardSplits({ ...base, gap: 20 })).toThrow(
      'gap must be below the train length of 20 bars, was 20',
    );
    expect(() => walkForwardSplits({ ...base, folds: 0 })).toThrow('folds must be an integer of at least 1, was 0');
  });

  it('goes over the fewest bars there can be', () => {
    const fewest = { from: 0, to: 7, folds: 5, ratio: 2, gap: 1, kind: 'rolling' } as const;
    const splits = walkForwardSplits(fewest);
    expect(splits).toHaveLength(5);
    expect(splits[4]).toEqual({ train: [4, 5], test: [6, 7] });
    expect(outcome(() => walkForwardSplits({ ...fewest, gap: 2 }))).toHaveProperty('refused');
    expect(outcome(() => walkForwardSplits({ ...fewest, to: 6 }))).toHaveProperty('refused');
  });
});
