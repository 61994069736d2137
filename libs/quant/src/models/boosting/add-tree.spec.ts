import { HistogramMemory } from '../trees/histogram-memory';
import { addLeaves } from './add-tree';
import { boostingRows, placeRows } from './boosting-rows';

const shape = { n: 10, k: 1, maxBins: 2, slots: 1, rowNumbers: 2 };

describe('addLeaves', () => {
  const leaves = { leafEnds: [3, 3, 9, 10], leafValues: [0.5, 100, -2, 7], leafCount: 4 };
  const expected = [-2, 0.5, -2, -2, 0.5, -2, -2, 0.5, -2, 7];

  describe.each([true, false])('compiled: %s', (useKernels) => {
    it.each([1, 2, 3, 4, 10])('adds to the rows of each part of %d what their leaves say, and to no other', (each) => {
      const memory = HistogramMemory.own(shape, useKernels);
      memory.order.set([1, 4, 7, 0, 2, 3, 5, 6, 8, 9]);
      placeRows(memory, { labels: new Float64Array(10) }, 0.25);
      for (let from = 0; from < 10; from += each) {
        const to = Math.min(10, from + each);
        addLeaves(leaves, memory, from, to);
        expect([...boostingRows(memory).scores]).toEqual(
          expected.map((value, row) => (row < to ? 0.25 + value : 0.25)),
        );
      }
    });
  });
});
