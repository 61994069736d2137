import { barAt, columnOf, extraOf, sliceBars, type BarColumns } from './bars';

const column = Float64Array.of(1, 2, 3);
const bars: BarColumns = {
  ...{ symbol: 'X', source: 's', timeframe: '1d', openTimeMs: column },
  ...{ open: column, high: column, low: column, close: column, volume: column },
  extra: Object.fromEntries([
    ['__proto__', column],
    ['plain', column],
  ]),
};

describe('further columns', () => {
  it('may be named like members of every object, and are none where no column is', () => {
    expect([...extraOf(sliceBars(bars, 1, 3), '__proto__')!]).toEqual([2, 3]);
    expect(Object.entries(barAt(bars, 1).extra)).toEqual([
      ['__proto__', 2],
      ['plain', 2],
    ]);
    expect([extraOf(bars, 'constructor'), columnOf(bars, 'toString')]).toEqual([undefined, undefined]);
  });
});
