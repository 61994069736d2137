import { addLeaves } from './add-tree';

describe('addLeaves', () => {
  const order = Int32Array.of(1, 4, 7, 0, 2, 3, 5, 6, 8, 9);
  const leaves = { leafEnds: [3, 3, 9, 10], leafValues: [0.5, 100, -2, 7], leafCount: 4 };
  const expected = [-2, 0.5, -2, -2, 0.5, -2, -2, 0.5, -2, 7];

  it.each([1, 2, 3, 4, 10])('adds to the rows of each part of %d what their leaves say, and to no other', (each) => {
    const scores = new Float64Array(10);
    for (let from = 0; from < 10; from += each) {
      const to = Math.min(10, from + each);
      addLeaves(leaves, order, scores, from, to);
      expect([...scores]).toEqual(expected.map((value, row) => (row < to ? value : 0)));
    }
  });
});
