import { nextSorting, sortRows } from './sorting';

describe('sorting rows', () => {
  it('puts rows without a value last, upwards and downwards', () => {
    const rows = [{ v: 2 }, { v: null }, { v: 10 }, { v: NaN }, { v: 1 }];
    expect(sortRows(rows, (row) => row.v, false).map((row) => row.v)).toEqual([1, 2, 10, null, NaN]);
    expect(sortRows(rows, (row) => row.v, true).map((row) => row.v)).toEqual([10, 2, 1, null, NaN]);
  });

  it('orders numbers within text by size and keeps equal rows in their order', () => {
    const rows = ['S10', 'S9', 'S1'];
    expect(sortRows(rows, (row) => row, false)).toEqual(['S1', 'S9', 'S10']);
    const same = [{ id: 1 }, { id: 2 }];
    expect(sortRows(same, () => 0, true)).toEqual(same);
  });

  it('goes from ascending to descending to the order of the server', () => {
    const first = nextSorting(null, 'a');
    const second = nextSorting(first, 'a');
    expect([first, second, nextSorting(second, 'a')]).toEqual([
      { column: 'a', descending: false },
      { column: 'a', descending: true },
      null,
    ]);
    expect(nextSorting(second, 'b')).toEqual({ column: 'b', descending: false });
  });
});
