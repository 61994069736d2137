import fc from 'fast-check';
import { combinations, cpcvSplits } from './cpcv';

const choose = (n: number, k: number): number => combinations(n, k).length;
const layouts = fc
  .record({
    groups: fc.integer({ min: 2, max: 7 }),
    extra: fc.integer({ min: 0, max: 80 }),
    horizon: fc.integer({ min: 0, max: 9 }),
    embargo: fc.integer({ min: 0, max: 9 }),
    from: fc.integer({ min: 0, max: 50 }),
    k: fc.nat(),
  })
  .map(({ k, extra, ...rest }) => ({ ...rest, n: rest.groups + extra, testGroups: 1 + (k % (rest.groups - 1)) }));

const indices = (ranges: [number, number][]): Set<number> =>
  new Set(ranges.flatMap(([start, end]) => Array.from({ length: end - start }, (_, i) => start + i)));

describe('cpcvSplits', () => {
  it('merges adjacent test groups, purges both sides by label end and embargoes after it', () => {
    const { splits, paths } = cpcvSplits({ n: 1000, groups: 6, testGroups: 2, horizon: 1, embargo: 10 });
    expect(splits).toHaveLength(15);
    expect(splits[0]).toEqual({ testGroups: [0, 1], test: [[0, 334]], train: [[345, 1000]] });
    // groups of 167, 167, 167, 167, 166, 166
    expect(splits[6]).toEqual({
      testGroups: [1, 3],
      test: [
        [167, 334],
        [501, 668],
      ],
      train: [
        [0, 166],
        [345, 500],
        [679, 1000],
      ],
    });
    expect(paths).toHaveLength(5);
    expect(paths[0]).toEqual([0, 0, 1, 2, 3, 4].map((split, group) => ({ group, split })));
  });

  it('tests every bar in every path, once, by a split that tested its group', () => {
    fc.assert(
      fc.property(layouts, (layout) => {
        const { splits, paths } = cpcvSplits(layout);
        expect(splits).toHaveLength(choose(layout.groups, layout.testGroups));
        expect(paths).toHaveLength(choose(layout.groups - 1, layout.testGroups - 1));
        for (const path of paths) {
          expect(path.map((step) => step.group)).toEqual(Array.from({ length: layout.groups }, (_, g) => g));
          for (const { group, split } of path) expect(splits[split].testGroups).toContain(group);
        }
        const used = paths.flat().map(({ group, split }) => `${group}:${split}`);
        expect(new Set(used).size).toBe(used.length);
        const tested = indices(splits.flatMap((split) => split.test));
        expect(tested.size).toBe(layout.n);
      }),
    );
  });

  it('trains exactly on the bars whose label span stays clear of every test block and its embargo', () => {
    fc.assert(
      fc.property(layouts, (layout) => {
        const { n, from, horizon, embargo } = layout;
        const last = from + n - 1;
        const labelEnd = (i: number): number => Math.min(i + horizon, last);
        for (const { test, train } of cpcvSplits(layout).splits) {
          const expected = new Set<number>();
          for (let i = from; i <= last; i++) {
            const clear = test.every(([start, end]) => labelEnd(i) < start || i > labelEnd(end - 1) + embargo);
            if (clear) expected.add(i);
          }
          expect(indices(train)).toEqual(expected);
          for (let b = 1; b < test.length; b++) expect(test[b][0]).toBeGreaterThan(test[b - 1][1]);
        }
      }),
    );
  });

  it('purges by the given label ends, not by a bar count', () => {
    const labelEnd = [0, 7, 2, 3, 4, 5, 6, 7, 8, 9];
    const { splits } = cpcvSplits({ n: 10, groups: 5, testGroups: 1, horizon: 0, embargo: 0, labelEnd });
    expect(splits[2]).toMatchObject({
      test: [[4, 6]],
      train: [
        [0, 1],
        [2, 4],
        [6, 10],
      ],
    });
    expect(splits[0]).toMatchObject({ test: [[0, 2]], train: [[8, 10]] });
  });

  it('defaults the embargo to the larger of horizon and 1 % of n', () => {
    const { splits } = cpcvSplits({ n: 600, groups: 2, testGroups: 1, horizon: 1 });
    expect(splits[0].train).toEqual([[307, 600]]);
  });

  it('refuses impossible layouts by name', () => {
    expect(() => cpcvSplits({ n: 10, groups: 5, testGroups: 5, horizon: 1 })).toThrow(
      'testGroups must be an integer from 1 to 4, was 5',
    );
    expect(() => cpcvSplits({ n: 3, groups: 5, testGroups: 1, horizon: 1 })).toThrow(
      'n must be an integer of at least 5 (groups), was 3',
    );
    expect(() => cpcvSplits({ n: 2, groups: 2, testGroups: 1, horizon: 1, labelEnd: [0, 0] })).toThrow(
      'labelEnd[1] must be at least 1, was 0',
    );
  });

  it('trains on nothing, and says so, where the labels reach over the whole sample', () => {
    for (const { train, test } of cpcvSplits({ n: 12, groups: 3, testGroups: 2, horizon: 12 }).splits) {
      expect(train).toEqual([]);
      expect(test.length).toBeGreaterThan(0);
    }
  });

  it('takes groups of one bar', () => {
    const { splits } = cpcvSplits({ n: 3, groups: 3, testGroups: 1, horizon: 0, embargo: 0 });
    expect(splits.map((s) => s.train)).toEqual([
      [[1, 3]],
      [
        [0, 1],
        [2, 3],
      ],
      [[0, 2]],
    ]);
  });
});
