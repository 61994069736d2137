import { sliceBars, type BarColumns } from '@assay/domain';
import { barsFingerprint } from '@assay/primitives';
import fc from 'fast-check';
import { appendedColumns } from './appended-columns';
import type { Series } from './series';
import { barColumnsOf, contentOf, partOf, type StoredColumns } from './stored-columns';

const number = fc.oneof(fc.double(), fc.constantFrom(NaN, -0, 0, 5e-324, -Infinity));
const content = fc.integer({ min: 2, max: 40 }).chain((rows) =>
  fc.record({
    times: fc
      .uniqueArray(fc.integer({ min: -4e12, max: 4e12 }), { minLength: rows, maxLength: rows })
      .map((times) => Float64Array.from(times.sort((a, b) => a - b))),
    columns: fc.array(
      fc.array(number, { minLength: rows, maxLength: rows }).map((values) => Float64Array.from(values)),
      { minLength: 6, maxLength: 9 },
    ),
  }),
);

describe('bars that are added to those of a series', () => {
  it('give the fingerprint of all of them, whatever they repeat of the stored ones', () => {
    fc.assert(
      fc.property(content, fc.nat(), fc.nat(), ({ times, columns }, a, b) => {
        const all: StoredColumns = {
          openTimeMs: times,
          core: columns.slice(0, 5),
          adjFactor: columns[5],
          extra: columns.slice(6),
        };
        const extraColumns = all.extra.map((_, i) => `x${9 - i}`);
        const series = { symbol: 'X', source: 'test', timeframe: '1m', extraColumns } as Series;
        const stored = 1 + (a % (times.length - 1));
        const repeated = b % (stored + 1);
        const bars = sliceBars(barColumnsOf(series, all), stored - repeated, times.length);
        const before = partOf(all, { toMs: times[stored] });
        const adjFactor = all.adjFactor.subarray(stored - repeated);
        const joined = appendedColumns(before, { bars, adjFactor }, extraColumns);
        expect(barsFingerprint(contentOf(series, joined))).toBe(barsFingerprint(contentOf(series, all)));
      }),
    );
  });

  it('have no value in a further column that they come without', () => {
    const one = Float64Array.of(1);
    const stored = { openTimeMs: one, core: [one, one, one, one, one], adjFactor: one, extra: [one] };
    const two = Float64Array.of(2);
    const bars = { openTimeMs: two, open: two, high: two, low: two, close: two, volume: two, extra: {} } as BarColumns &
      object;
    const joined = appendedColumns(stored, { bars, adjFactor: two }, ['vix']);
    expect(joined.extra).toEqual([Float64Array.of(1, NaN)]);
  });
});
